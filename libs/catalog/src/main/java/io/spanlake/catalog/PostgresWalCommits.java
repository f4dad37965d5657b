package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * {@link WalCommits} in PostgreSQL. How a commit finds its outcome, whatever happens on the way:
 *
 * <ol>
 *   <li>One statement locks the positions in order of partition, compares, moves, inserts. Its locks are the transaction's
 *       own and go with it, so nobody waits for a client that sleeps.
 *   <li>An answer that is lost leaves three cases: it did nothing, it did all, or it still runs. The same statement is
 *       sent again. It waits for the locks of one that still runs, and then takes what is left to take: all or nothing.
 *   <li>What it could not take was either another's or had been taken before by the lost attempt. Reading again tells:
 *       by the names of the objects, which are never used twice; for a range without objects by the reign of the epoch.
 * </ol>
 */
public final class PostgresWalCommits implements WalCommits {
    private final CatalogDatabase database;

    public PostgresWalCommits(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Map<Integer, WalPosition>> claim(
            Collection<Integer> partitions, String owner, Optional<WritesTopic> topic) {
        if (partitions.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.query(
                        WalCommitSql.CLAIM,
                        statement -> statement
                                .bind("$1", Set.copyOf(partitions).toArray(Integer[]::new))
                                .bind("$2", owner)
                                .bind("$3", topic.map(of -> of.id().toString()).orElse(""))
                                .bind("$4", topic.map(WritesTopic::partitions).orElse(0)),
                        PostgresWalSnapshots::position)
                .map(PostgresWalSnapshots::byPartition);
    }

    @Override
    public Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects) {
        var flush = new FlushColumns(ranges, objects);
        if (ranges.isEmpty()) {
            return Mono.just(new CommittedFlush(Set.of(), Set.of()));
        }
        var asked = ranges.stream().map(FlushedRange::partition).collect(Collectors.toUnmodifiableSet());
        return take(flush)
                .onErrorResume(
                        fault -> CatalogFault.is(CatalogFault.UNIQUE_VIOLATION, fault),
                        fault -> BlobFaults.refuse(database, names(objects), fault))
                .flatMap(taken -> taken.equals(asked) ? Mono.just(taken) : takenBefore(flush, taken))
                .map(committed -> outcome(asked, committed));
    }

    private Mono<Set<Integer>> take(FlushColumns flush) {
        return database.query(
                        WalCommitSql.TAKE,
                        statement -> {
                            flush.bindRanges(statement);
                            flush.bindSectionKeys(statement);
                            flush.bindObjectNames(statement);
                            flush.bindRest(statement);
                        },
                        PostgresWalCommits::partition)
                .map(Set::copyOf);
    }

    private Mono<Set<Integer>> takenBefore(FlushColumns flush, Set<Integer> taken) {
        return database.query(
                        WalCommitSql.TAKEN_BEFORE,
                        statement -> {
                            flush.bindRanges(statement);
                            flush.bindSectionKeys(statement);
                            flush.bindObjectNames(statement);
                        },
                        PostgresWalCommits::partition)
                .map(before -> union(taken, before));
    }

    @Override
    public Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
        if (epochs.isEmpty()) {
            return Mono.just(Set.of());
        }
        var asked = List.copyOf(epochs.entrySet());
        return database.query(
                        WalCommitSql.READ_TO_END,
                        statement -> statement
                                .bind(
                                        "$1",
                                        asked.stream().map(Map.Entry::getKey).toArray(Integer[]::new))
                                .bind(
                                        "$2",
                                        asked.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                                .bind("$3", brokerTime.atOffset(ZoneOffset.UTC)),
                        PostgresWalCommits::partition)
                .map(Set::copyOf);
    }

    @Override
    public Mono<Void> stop(int partition, long epoch, String reason) {
        return database.run(
                WalCommitSql.STOP,
                statement -> statement.bind("$1", partition).bind("$2", epoch).bind("$3", reason));
    }

    @Override
    public Mono<Gap> repair(int partition, long resumeAt, String reason) {
        if (resumeAt < 0) {
            throw new IllegalArgumentException("partition %d cannot resume at %d".formatted(partition, resumeAt));
        }
        return database.queryOne(
                        WalCommitSql.REPAIR,
                        statement -> statement
                                .bind("$1", partition)
                                .bind("$2", resumeAt)
                                .bind("$3", reason),
                        PostgresWalSnapshots::gap)
                .switchIfEmpty(Mono.defer(() -> repairedBefore(partition, resumeAt, reason)));
    }

    /** The answer to the repair may have been lost after it was done; then nothing has moved since. */
    private Mono<Gap> repairedBefore(int partition, long resumeAt, String reason) {
        return database.queryOne(
                        WalCommitSql.REPAIRED_BEFORE,
                        statement -> statement
                                .bind("$1", partition)
                                .bind("$2", resumeAt)
                                .bind("$3", reason),
                        PostgresWalSnapshots::gap)
                .switchIfEmpty(Mono.error(() -> new CatalogException(
                        "partition %d is not stopped: there is nothing to repair".formatted(partition))));
    }

    private static CommittedFlush outcome(Set<Integer> asked, Set<Integer> committed) {
        var refused = new HashSet<>(asked);
        refused.removeAll(committed);
        return new CommittedFlush(committed, refused);
    }

    private static Set<Integer> union(Set<Integer> one, Collection<Integer> other) {
        var union = new HashSet<>(one);
        union.addAll(other);
        return Set.copyOf(union);
    }

    private static List<String> names(List<WalObject> objects) {
        return objects.stream().map(WalObject::name).toList();
    }

    private static int partition(Row row) {
        return Columns.integer(row, "partition");
    }
}
