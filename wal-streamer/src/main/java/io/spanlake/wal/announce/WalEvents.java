package io.spanlake.wal.announce;

import io.spanlake.wal.collect.TakenRange;
import io.spanlake.wal.commit.CommitOutcome;
import reactor.core.publisher.Mono;

/** Wakes readers. Best effort: they trust the catalog, and look there from time to time anyway. */
public interface WalEvents {
    WalEvents NONE = Mono::just;

    /** Completes at once, whatever becomes of the events. */
    Mono<CommitOutcome> announce(CommitOutcome outcome);

    /** The text of the event: numbers only. */
    static String text(TakenRange range) {
        return "{\"partition\":%d,\"incarnation\":%d,\"first\":%d,\"next\":%d}"
                .formatted(range.claim().partition(), range.claim().incarnation(), range.first(), range.next());
    }
}
