@NullMarked
package io.spanlake.compactor;

import org.jspecify.annotations.NullMarked;
