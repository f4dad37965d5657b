package io.spanlake.gateway.produce;

import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parcels of one partition that travel in the same records, and so stand or fall together. Told by Kafka's thread;
 * answers when all is known, but a failure at once.
 */
final class Shipment {
    private static final Logger log = LoggerFactory.getLogger(Shipment.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final List<Parcel> parcels;
    private int left;
    private long earliestAppendMs = Long.MAX_VALUE;
    private long latestAppendMs = Long.MIN_VALUE;
    private boolean failed;

    Shipment(List<Parcel> parcels, int records) {
        this.parcels = List.copyOf(parcels);
        this.left = records;
    }

    void answered(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null || metadata == null) {
            fail(unavailable(failure));
            return;
        }
        appendTime(metadata).ifPresentOrElse(this::appended, () -> fail(untold()));
    }

    /** A record that could not even be handed over. */
    void notSent(RuntimeException failure) {
        fail(unavailable(failure));
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    static Throwable unavailable(@Nullable Exception failure) {
        if (!(failure instanceof RetriableException)) {
            log.warn("Kafka refused a record: {}", String.valueOf(failure));
        }
        return Refusals.exception(new Refusal.Unavailable("Kafka did not acknowledge in time", RETRY_AFTER));
    }

    /**
     * Absent where the broker had the record already, and so much came after it that it has forgotten when: then the client
     * library states the time of sending, by which a record that came too late would seem to count.
     */
    static Optional<Long> appendTime(RecordMetadata metadata) {
        return metadata.hasOffset() ? Optional.of(metadata.timestamp()) : Optional.empty();
    }

    private void appended(long appendMs) {
        long earliest;
        long latest;
        synchronized (this) {
            left--;
            earliestAppendMs = Math.min(earliestAppendMs, appendMs);
            latestAppendMs = Math.max(latestAppendMs, appendMs);
            earliest = earliestAppendMs;
            latest = latestAppendMs;
            if (failed || left > 0) {
                return;
            }
        }
        parcels.forEach(parcel -> parcel.acknowledged(earliest, latest));
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            if (failed) {
                return;
            }
            failed = true;
        }
        parcels.forEach(parcel -> parcel.failed(failure));
    }

    private static Throwable untold() {
        return Refusals.exception(new Refusal.Unavailable("Kafka did not say when it took a record", RETRY_AFTER));
    }
}
