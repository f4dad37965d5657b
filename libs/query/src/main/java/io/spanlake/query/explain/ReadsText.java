package io.spanlake.query.explain;

import io.spanlake.query.execute.ScanTally.Reads;
import java.time.Duration;
import java.util.Locale;

/** What was read, in words. */
final class ReadsText {
    private static final double NANOS_OF_MS = 1e6;

    private ReadsText() {}

    /** Of one place. */
    static String of(Reads reads) {
        return "%s; %d rows; indexes took %s".formatted(blocks(reads), reads.rows(), ms(reads.asked()));
    }

    static String blocks(Reads reads) {
        return "%d blocks read, %d bytes: %d requests to the store, %d answered by the block cache, in %s"
                .formatted(reads.blocks(), reads.bytes(), reads.requests(), reads.cached(), ms(reads.waited()));
    }

    private static String ms(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / NANOS_OF_MS);
    }
}
