package io.spanlake.wal.collect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do now.
 *
 * @param partitions to flush now, oldest first; empty where nothing is due
 * @param wakeAt     when the first of the others is due, absent where nothing else waits
 */
record FlushPlan(List<Integer> partitions, Optional<Instant> wakeAt) {}
