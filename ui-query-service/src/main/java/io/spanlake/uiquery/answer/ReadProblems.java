package io.spanlake.uiquery.answer;

import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Refusals of the engine as problems of HTTP. */
public final class ReadProblems {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private ReadProblems() {}

    public static RefusedException refused(ReadRefusedException refused) {
        return problem(refused.refusal()).refused();
    }

    public static RefusedException catalogUnavailable() {
        return Problem.of(503, "catalog-unavailable", "The catalog does not answer", "PostgreSQL does not answer")
                .retryAfter(SOON)
                .refused();
    }

    public static RefusedException timeout() {
        return Problem.of(504, "read-timeout", "The read took too long", "the read took longer than it may")
                .retryAfter(SOON)
                .refused();
    }

    static Problem noSuchRow(ObjectRef object) {
        return Problem.of(404, "no-such-row", "No such row", "no row of %s has this id".formatted(object));
    }

    static Problem problem(ReadRefusal refusal) {
        return switch (refusal) {
            case ReadRefusal.BadCursor bad ->
                Problem.of(400, "bad-cursor", "The cursor is not of this list", bad.detail());
            case ReadRefusal.LogLags lags ->
                Problem.of(504, "log-lags", "The write-ahead log lags behind", lags.detail())
                        .with("lagging", lagging(lags.lagging()))
                        .retryAfter(SOON);
            case ReadRefusal.LogStopped stopped ->
                Problem.of(503, "log-stopped", "The write-ahead log stands still", stopped.detail())
                        .with("stopped", stopped(stopped.stopped()))
                        .retryAfter(LATER);
            case ReadRefusal.LogUnreachable unreachable ->
                Problem.of(503, "log-unreachable", "Kafka does not answer", unreachable.detail())
                        .retryAfter(SOON);
            case ReadRefusal.TailTooLarge large ->
                Problem.of(503, "tail-too-large", "The object is too large for this read", large.detail())
                        .with("limit_bytes", large.limitBytes())
                        .retryAfter(LATER);
            case ReadRefusal.BlobUnreadable blob ->
                Problem.of(500, "blob-unreadable", "A stored blob cannot be read", blob.detail())
                        .with("blob", blob.blob());
            case ReadRefusal.StoreFailed failed ->
                Problem.of(503, "store-failed", "The blob store did not answer", failed.detail())
                        .with("blob", failed.blob())
                        .retryAfter(SOON);
            case ReadRefusal.Busy busy ->
                Problem.of(503, "busy", "Too many large reads at once", busy.detail())
                        .with("limit_bytes", busy.limitBytes())
                        .retryAfter(busy.retryAfter());
        };
    }

    private static List<Map<String, Object>> lagging(List<ReadRefusal.PartitionLag> lagging) {
        return lagging.stream()
                .map(lag -> Map.<String, Object>of("partition", lag.partition(), "have", lag.have(), "end", lag.end()))
                .toList();
    }

    private static List<Map<String, Object>> stopped(List<ReadRefusal.StoppedPartition> stopped) {
        return stopped.stream()
                .map(one -> Map.<String, Object>of("partition", one.partition(), "reason", one.reason()))
                .toList();
    }
}
