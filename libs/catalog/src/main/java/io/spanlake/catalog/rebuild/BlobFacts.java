package io.spanlake.catalog.rebuild;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is known of the blobs of a lost catalog, and of the log behind them.
 *
 * @param blobs       bytes of every blob in the store, by name
 * @param logged      sections of all WAL objects
 * @param checkpoints newest ones of each object; older ones only where newer are not whole
 * @param kafka       what Kafka has of each partition; absent where it is not asked. One that ends before the WAL objects do
 *                    is another log than theirs
 * @param margin      what was stored so shortly before the last WAL object may not have been committed with all that
 *                    belonged to it, and is read from Kafka again where that has it
 */
public record BlobFacts(
        Map<String, Long> blobs,
        List<LoggedSection> logged,
        List<StoredCheckpoint> checkpoints,
        Map<Integer, KafkaLog> kafka,
        Duration margin) {
    public BlobFacts {
        blobs = Map.copyOf(blobs);
        logged = List.copyOf(logged);
        checkpoints = List.copyOf(checkpoints);
        kafka = Map.copyOf(kafka);
    }
}
