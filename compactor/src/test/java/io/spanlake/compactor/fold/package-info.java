@NullMarked
package io.spanlake.compactor.fold;

import org.jspecify.annotations.NullMarked;
