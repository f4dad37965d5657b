package io.spanlake.segments.commit;

import io.spanlake.catalog.CatalogException;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.fold.FoldedStretch;
import io.spanlake.segments.look.CommittedStretch;
import io.spanlake.segments.look.CutOutcome;
import io.spanlake.segments.store.StoredCut;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Makes cuts count: one short transaction each, in which every partition is taken or refused by itself. Where the catalog
 * cannot say what became of a commit the claims are lost: whoever claims next reads how far each partition is.
 */
public final class CutCommits {
    private static final Logger LOG = LoggerFactory.getLogger(CutCommits.class);

    private final ProcessedCommits catalog;
    private final InstantSource clock;
    private final SegmentsMetrics metrics;

    public CutCommits(ProcessedCommits catalog, InstantSource clock, SegmentsMetrics metrics) {
        this.catalog = catalog;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Never an error: what is not committed is cut anew. */
    public Mono<CutOutcome> commit(StoredCut stored) {
        return Mono.defer(() -> {
            var began = clock.instant();
            return Mono.defer(() -> commitHeld(stored))
                    .onErrorResume(fault -> Mono.fromSupplier(() -> outcomeOf(fault, stored)))
                    .doOnNext(outcome -> record(outcome, stored, Duration.between(began, clock.instant())));
        });
    }

    private Mono<CutOutcome> commitHeld(StoredCut stored) {
        var held = HeldCut.of(stored);
        if (held.isEmpty()) {
            return Mono.just(new CutOutcome(List.of(), claims(stored), stored.failed()));
        }
        return catalog.commit(held.toCuts()).map(answer -> outcome(stored, answer));
    }

    private static CutOutcome outcome(StoredCut stored, CommittedCuts answer) {
        var committed = new ArrayList<CommittedStretch>();
        var refused = new ArrayList<Claim>();
        for (var stretch : stored.stretches()) {
            var claim = stretch.read().claim();
            if (answer.committed().contains(claim.partition())) {
                committed.add(committed(stretch));
            } else {
                LOG.warn("The catalog refused {}", stretch.read());
                refused.add(claim);
            }
        }
        return new CutOutcome(committed, refused, stored.failed());
    }

    private static CommittedStretch committed(FoldedStretch.Summary stretch) {
        var read = stretch.read();
        return new CommittedStretch(read.claim(), read.next(), read.count(), read.bytes(), stretch.placing());
    }

    private static CutOutcome outcomeOf(Throwable fault, StoredCut stored) {
        LOG.error(
                "A cut was not committed: {}",
                stored.stretches().stream().map(FoldedStretch.Summary::read).toList(),
                fault);
        var failed = new ArrayList<>(stored.failed());
        return switch (fault) {
            // Refused for good: nothing was committed, and the same again would be refused again. Claimed anew, too:
            // what does not add up may be what another who has cut it since has left of it.
            case CatalogException _, IllegalArgumentException _ -> {
                failed.addAll(claims(stored));
                yield new CutOutcome(List.of(), claims(stored), failed);
            }
            default -> new CutOutcome(List.of(), claims(stored), failed);
        };
    }

    private static List<Claim> claims(StoredCut stored) {
        return stored.stretches().stream()
                .map(stretch -> stretch.read().claim())
                .toList();
    }

    private void record(CutOutcome outcome, StoredCut stored, Duration took) {
        metrics.commit(took);
        metrics.cutEnded();
        outcome.refused().forEach(_ -> metrics.stretch("refused"));
        outcome.failed().forEach(_ -> metrics.stretch("failed"));
        for (var committed : outcome.committed()) {
            metrics.stretch("committed");
            stored.stretches().stream()
                    .filter(stretch -> stretch.read().claim() == committed.claim())
                    .forEach(stretch -> metrics.committed(
                            committed.writes(),
                            stretch.rows(),
                            committed.bytes(),
                            stretch.read().missing().size()));
        }
    }
}
