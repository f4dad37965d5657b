/** Blobs that count no more are deleted. */
@NullMarked
package io.spanlake.compactor.sweep;

import org.jspecify.annotations.NullMarked;
