package io.spanlake.catalog.processed;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.BlobFaults;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogFault;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.UnbalancedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * {@link ProcessedCommits} in PostgreSQL. A commit finds its outcome as one of the log does: the same statement again,
 * then what is left is read, by the reign of the epoch and the names of the blobs.
 */
public final class PostgresProcessedCommits implements ProcessedCommits {
    private static final String TAKEN = "taken";
    private static final String REFUSED = "refused";

    private final CatalogDatabase database;

    public PostgresProcessedCommits(CatalogDatabase database) {
        this.database = database;
    }

    /** @param outcome of the range alone */
    private record Verdict(int partition, String outcome, boolean taken) {}

    @Override
    public Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner) {
        if (partitions.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.query(
                        CutSql.CLAIM,
                        statement -> statement
                                .bind("$1", Set.copyOf(partitions).toArray(Integer[]::new))
                                .bind("$2", owner),
                        PostgresProcessedCommits::position)
                .map(PostgresProcessedCommits::byPartition);
    }

    @Override
    public Mono<Map<Integer, ProcessedPosition>> positions() {
        return database.query(CutSql.POSITIONS, statement -> {}, PostgresProcessedCommits::position)
                .map(PostgresProcessedCommits::byPartition);
    }

    @Override
    public Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges) {
        if (mostRanges < 1) {
            throw new IllegalArgumentException("at least one range, not " + mostRanges);
        }
        return database.query(
                        CutSql.PENDING,
                        statement -> statement
                                .bind("$1", partition)
                                .bind("$2", after.incarnation())
                                .bind("$3", after.offset())
                                .bind("$4", mostRanges),
                        PendingRows::read)
                .map(rows -> PendingRows.pending(partition, after, mostRanges, rows));
    }

    @Override
    public Mono<CommittedCuts> commit(Cuts cuts) {
        CutChecks.check(cuts);
        if (cuts.ranges().isEmpty()) {
            return Mono.just(new CommittedCuts(Set.of(), Set.of()));
        }
        var asked = cuts.ranges().stream().map(CutRange::partition).collect(Collectors.toUnmodifiableSet());
        var text = CutParameter.of(cuts);
        return database.query(CutSql.COMMIT, statement -> statement.bind("$1", text), PostgresProcessedCommits::verdict)
                .onErrorResume(
                        fault -> CatalogFault.is(CatalogFault.UNIQUE_VIOLATION, fault),
                        fault -> BlobFaults.refuse(database, names(cuts), fault))
                .map(verdicts -> taken(cuts, verdicts))
                .flatMap(taken -> taken.equals(asked) ? Mono.just(taken) : takenBefore(text, taken))
                .map(committed -> outcome(asked, committed));
    }

    private static Set<Integer> taken(Cuts cuts, List<Verdict> verdicts) {
        for (var verdict : verdicts) {
            if (!verdict.outcome().equals(TAKEN) && !verdict.outcome().equals(REFUSED)) {
                throw new UnbalancedException("%s was not committed: it is %s"
                        .formatted(range(cuts, verdict.partition()), verdict.outcome()));
            }
        }
        return verdicts.stream().filter(Verdict::taken).map(Verdict::partition).collect(Collectors.toUnmodifiableSet());
    }

    private Mono<Set<Integer>> takenBefore(String text, Set<Integer> taken) {
        return database.query(
                        CutSql.TAKEN_BEFORE,
                        statement -> statement.bind("$1", text),
                        row -> Columns.integer(row, "partition"))
                .map(before -> {
                    var both = new HashSet<>(before);
                    both.addAll(taken);
                    return Set.copyOf(both);
                });
    }

    private static CommittedCuts outcome(Set<Integer> asked, Set<Integer> committed) {
        var refused = new HashSet<>(asked);
        refused.removeAll(committed);
        return new CommittedCuts(committed, refused);
    }

    private static CutRange range(Cuts cuts, int partition) {
        return cuts.ranges().stream()
                .filter(range -> range.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Cuts cuts) {
        return cuts.objects().stream().map(ProcessedObject::name).toList();
    }

    private static Verdict verdict(Row row) {
        return new Verdict(Columns.integer(row, "partition"), Columns.text(row, "outcome"), Columns.flag(row, "taken"));
    }

    private static ProcessedPosition position(Row row) {
        return new ProcessedPosition(
                Columns.integer(row, "partition"),
                new LogOffset(Columns.integer(row, "incarnation"), Columns.number(row, "processed_offset")),
                Columns.number(row, "epoch"));
    }

    private static Map<Integer, ProcessedPosition> byPartition(List<ProcessedPosition> positions) {
        return positions.stream()
                .collect(Collectors.toUnmodifiableMap(ProcessedPosition::partition, position -> position));
    }
}
