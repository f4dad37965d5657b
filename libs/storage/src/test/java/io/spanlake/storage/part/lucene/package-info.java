@NullMarked
package io.spanlake.storage.part.lucene;

import org.jspecify.annotations.NullMarked;
