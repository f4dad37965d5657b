@NullMarked
package io.spanlake.storage.part.columns;

import org.jspecify.annotations.NullMarked;
