package io.spanlake.query.execute;

import io.spanlake.blobstore.BlobReadWatch;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What one pass reads of one place. Thread-safe. */
final class PlaceTally {
    private final LongAdder visible = new LongAdder();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder askedNanos = new LongAdder();

    void admitted(long ofPlace, long admittedOfPlace) {
        visible.add(ofPlace);
        admitted.add(admittedOfPlace);
    }

    void rows(long count) {
        rows.add(count);
    }

    void blob(BlobReadWatch.Origin origin, int length, Duration waited) {
        switch (origin) {
            case STORE -> requests.increment();
            case BLOCK_CACHE -> cached.increment();
        }
        bytes.add(length);
        waitedNanos.add(waited.toNanos());
    }

    void asked(Duration took) {
        askedNanos.add(took.toNanos());
    }

    ScanTally.Place told(String name) {
        var reads = new ScanTally.Reads(
                rows.sum(),
                requests.sum(),
                cached.sum(),
                bytes.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                Duration.ofNanos(askedNanos.sum()));
        return new ScanTally.Place(name, visible.sum(), admitted.sum(), reads);
    }
}
