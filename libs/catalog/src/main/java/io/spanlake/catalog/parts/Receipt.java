package io.spanlake.catalog.parts;

import java.time.Instant;

/**
 * Says which rows a swap erased, as a blob that lists them.
 *
 * @param rows           how many
 * @param kafkaForgets   when Kafka's retention has passed them
 * @param storageForgets when the store's soft delete has passed the last blob with their bytes
 */
public record Receipt(String blobName, long bytes, long rows, Instant kafkaForgets, Instant storageForgets) {}
