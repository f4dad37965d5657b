/** Flush → blobs. The door is {@link io.spanlake.wal.store.FlushStore}. */
@NullMarked
package io.spanlake.wal.store;

import org.jspecify.annotations.NullMarked;
