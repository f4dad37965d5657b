package io.spanlake.segments.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.UnbalancedException;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.fold.FoldedStretch;
import io.spanlake.segments.fold.StampBalance;
import io.spanlake.segments.look.PlannedStretch;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.place.Placing;
import io.spanlake.segments.plan.Backlog;
import io.spanlake.segments.read.ReadStretch;
import io.spanlake.segments.store.StoredCut;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CutCommitsTest {
    private final Claim claim = new Claim(3, 7);

    /** As where others have cut the range since, and what it was made of was indexed, let go of and deleted. */
    @Test
    void aCutThatDoesNotAddUpIsMadeAnewUnderAnotherClaim() {
        var commits = new CutCommits(
                new NothingAddsUp(), InstantSource.system(), new SegmentsMetrics(new SimpleMeterRegistry()));

        var outcome = Objects.requireNonNull(commits.commit(cut()).block());

        assertThat(outcome.committed()).isEmpty();
        assertThat(outcome.refused()).containsExactly(claim);
        assertThat(outcome.failed()).containsExactly(claim);
    }

    private StoredCut cut() {
        var planned = new PlannedStretch(claim, Backlog.emptyAt(3, new LogOffset(1, 10)), new KnownSegments(10), 1);
        var read = new ReadStretch.Summary(planned, 12, 0, 0, 0, List.of());
        var placing = new Placing(Map.of(), Map.of(), Set.of());
        return new StoredCut(
                List.of(new FoldedStretch.Summary(read, placing, new StampBalance(0, 0, 0), 0)), List.of(), List.of());
    }

    private static final class NothingAddsUp implements ProcessedCommits {
        @Override
        public Mono<CommittedCuts> commit(Cuts cuts) {
            return Mono.error(new UnbalancedException("it does not add up"));
        }

        @Override
        public Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner) {
            return Mono.just(Map.of());
        }

        @Override
        public Mono<Map<Integer, ProcessedPosition>> positions() {
            return Mono.just(Map.of());
        }

        @Override
        public Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges) {
            return Mono.empty();
        }
    }
}
