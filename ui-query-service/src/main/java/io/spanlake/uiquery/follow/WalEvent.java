package io.spanlake.uiquery.follow;

import java.time.Instant;

/**
 * The write-ahead log has grown.
 *
 * @param next        offset after the last that is in it
 * @param announcedAt when it was said, by Kafka's clock
 */
public record WalEvent(int partition, int incarnation, long next, Instant announcedAt) {}
