package io.spanlake.catalog.rebuild;

/**
 * What Kafka has of a partition.
 *
 * @param first offset that it still has
 * @param next  offset of the record that will be appended next
 */
public record KafkaLog(long first, long next) {}
