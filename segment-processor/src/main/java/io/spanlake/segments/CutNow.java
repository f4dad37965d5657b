package io.spanlake.segments;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.ProcessedCommits;
import java.time.Duration;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Cuts what waits without waiting for age or size, because a person or a test asks for it. Nothing blocks. */
public final class CutNow {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final SegmentProcessor processor;
    private final ProcessedCommits commits;
    private final WalSnapshots wal;

    CutNow(SegmentProcessor processor, ProcessedCommits commits, WalSnapshots wal) {
        this.processor = processor;
        this.commits = commits;
        this.wal = wal;
    }

    /**
     * Completes when everything is processed that the log has where this is subscribed to, by this processor or another.
     * Never completes where a partition cannot be processed: give it a time.
     */
    public Mono<Void> everything() {
        return wal.positions()
                .flatMap(ends -> Mono.fromRunnable(processor::hurry)
                        .then(Mono.defer(() -> allProcessed(ends.values())))
                        .filter(all -> all)
                        .repeatWhenEmpty(tries -> tries.concatMap(_ -> Mono.delay(LOOK_AGAIN)))
                        .then());
    }

    private Mono<Boolean> allProcessed(Collection<WalPosition> ends) {
        return commits.positions()
                .flatMap(cuts -> Flux.fromIterable(ends)
                        .concatMap(end -> isProcessed(
                                end,
                                cuts.containsKey(end.partition())
                                        ? cuts.get(end.partition()).offset()
                                        : new LogOffset(1, 0)))
                        .all(processed -> processed));
    }

    /** Where an incarnation ended without writes behind the last cut, the position stays there until more come. */
    private Mono<Boolean> isProcessed(WalPosition end, LogOffset cut) {
        if (cut.compareTo(new LogOffset(end.incarnation(), end.offset())) >= 0) {
            return Mono.just(true);
        }
        return commits.sectionsAfter(end.partition(), cut, 1)
                .map(pending -> pending.sections().isEmpty() && !pending.more());
    }
}
