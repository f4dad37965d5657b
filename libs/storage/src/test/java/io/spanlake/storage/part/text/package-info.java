@NullMarked
package io.spanlake.storage.part.text;

import org.jspecify.annotations.NullMarked;
