package io.spanlake.gateway.produce;

import io.spanlake.model.TransactionId;

/**
 * A record that all replicas have.
 *
 * @param oldest       smallest transaction of its rows
 * @param appendTimeMs as Kafka gave it, unix milliseconds
 */
record Acknowledged(TransactionId oldest, long appendTimeMs) {}
