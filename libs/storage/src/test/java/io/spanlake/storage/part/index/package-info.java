@NullMarked
package io.spanlake.storage.part.index;

import org.jspecify.annotations.NullMarked;
