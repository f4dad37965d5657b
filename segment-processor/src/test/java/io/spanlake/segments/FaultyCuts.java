package io.spanlake.segments;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A catalog whose answers to a commit are lost on demand, after the commit was made. */
final class FaultyCuts implements ProcessedCommits {
    private final ProcessedCommits catalog;
    private final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger questions = new AtomicInteger();

    FaultyCuts(ProcessedCommits catalog) {
        this.catalog = catalog;
    }

    void loseNextAnswers(int count) {
        lost.set(count);
    }

    @Override
    public Mono<CommittedCuts> commit(Cuts cuts) {
        return catalog.commit(cuts).flatMap(answer -> {
            int left = lost.getAndUpdate(count -> Math.max(0, count - 1));
            return left == 0
                    ? Mono.just(answer)
                    : Mono.error(new UncheckedIOException(new IOException("the answer is lost, says the test")));
        });
    }

    @Override
    public Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner) {
        return catalog.claim(partitions, owner);
    }

    @Override
    public Mono<Map<Integer, ProcessedPosition>> positions() {
        return catalog.positions();
    }

    @Override
    public Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges) {
        questions.incrementAndGet();
        return catalog.sectionsAfter(partition, after, mostRanges);
    }
}
