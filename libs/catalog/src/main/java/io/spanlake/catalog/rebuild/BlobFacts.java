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
 * @param logBegins   first offset that Kafka still has of a partition; absent where it is not asked or has another log
 * @param margin      what was stored so shortly before the last WAL object may not have been committed with all that
 *                    belonged to it, and is read from Kafka again where that has it
 */
public record BlobFacts(
        Map<String, Long> blobs,
        List<LoggedSection> logged,
        List<StoredCheckpoint> checkpoints,
        Map<Integer, Long> logBegins,
        Duration margin) {
    public BlobFacts {
        blobs = Map.copyOf(blobs);
        logged = List.copyOf(logged);
        checkpoints = List.copyOf(checkpoints);
        logBegins = Map.copyOf(logBegins);
    }
}
