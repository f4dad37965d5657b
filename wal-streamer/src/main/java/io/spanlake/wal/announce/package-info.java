/** Catalog → topic {@code wal-events}. The door is {@link io.spanlake.wal.announce.WalEvents}. */
@NullMarked
package io.spanlake.wal.announce;

import org.jspecify.annotations.NullMarked;
