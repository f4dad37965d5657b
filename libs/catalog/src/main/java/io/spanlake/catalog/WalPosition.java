package io.spanlake.catalog;

import java.util.Optional;

/**
 * How far a partition of topic {@code writes} is in the write-ahead log.
 *
 * @param incarnation which log the offset counts in: one more each time the topic was made anew or cut off
 * @param offset      the first offset that is not in the write-ahead log yet
 * @param epoch       of the streamer that claimed the partition last; one with a smaller epoch is refused
 * @param stopped     why the partition stands still until it is repaired, absent where it does not
 */
public record WalPosition(int partition, int incarnation, long offset, long epoch, Optional<String> stopped) {}
