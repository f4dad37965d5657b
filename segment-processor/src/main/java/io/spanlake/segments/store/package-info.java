/** Row states → processed blobs. The door is {@link io.spanlake.segments.store.CutStore}. */
@NullMarked
package io.spanlake.segments.store;

import org.jspecify.annotations.NullMarked;
