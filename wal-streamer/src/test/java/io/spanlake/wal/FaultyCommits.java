package io.spanlake.wal;

import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WritesTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A catalog whose answers to a commit are lost on demand, after the commit was made. */
final class FaultyCommits implements WalCommits {
    private final WalCommits catalog;
    private final AtomicInteger lost = new AtomicInteger();

    FaultyCommits(WalCommits catalog) {
        this.catalog = catalog;
    }

    void loseNextAnswers(int count) {
        lost.set(count);
    }

    @Override
    public Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects) {
        return catalog.commit(ranges, objects).flatMap(answer -> {
            int left = lost.getAndUpdate(count -> Math.max(0, count - 1));
            return left == 0
                    ? Mono.just(answer)
                    : Mono.error(new UncheckedIOException(new IOException("the answer is lost, says the test")));
        });
    }

    @Override
    public Mono<Map<Integer, WalPosition>> claim(
            Collection<Integer> partitions, String owner, Optional<WritesTopic> topicId) {
        return catalog.claim(partitions, owner, topicId);
    }

    @Override
    public Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
        return catalog.readToEnd(epochs, brokerTime);
    }

    @Override
    public Mono<Void> stop(int partition, long epoch, String reason) {
        return catalog.stop(partition, epoch, reason);
    }

    @Override
    public Mono<Gap> repair(int partition, long resumeAt, String reason) {
        return catalog.repair(partition, resumeAt, reason);
    }
}
