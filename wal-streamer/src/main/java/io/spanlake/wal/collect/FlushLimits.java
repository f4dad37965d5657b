package io.spanlake.wal.collect;

import java.time.Duration;

/**
 * When a flush is due.
 *
 * @param linger     least age of a partition's oldest write, so that what came along with it is taken too
 * @param flushAfter least time between two flushes of an organization, and longest wait of a write
 * @param flushBytes bytes at which an organization or a partition is flushed at once
 */
record FlushLimits(Duration linger, Duration flushAfter, long flushBytes) {}
