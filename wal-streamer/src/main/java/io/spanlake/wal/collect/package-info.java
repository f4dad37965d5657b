/** Records → flush: by time, by bytes. The door is {@link io.spanlake.wal.collect.FlushCollector}. */
@NullMarked
package io.spanlake.wal.collect;

import org.jspecify.annotations.NullMarked;
