package io.spanlake.catalog.work;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@link CompactionWork} in PostgreSQL. Time is the server's, so that compactors need not agree on theirs. */
public final class PostgresCompactionWork implements CompactionWork {
    private static final double NANOS = 1e9;

    private final CatalogDatabase database;

    public PostgresCompactionWork(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<List<CompactionLease>> next(
            CompactionLane lane, String owner, CompactionLimits limits, Duration lease, int most) {
        return database.query(
                        LeaseSql.of(lane).next(),
                        statement -> statement
                                .bind("$1", owner)
                                .bind("$2", seconds(lease))
                                .bind("$3", limits.segmentBytes())
                                .bind("$4", limits.objectBytes())
                                .bind("$5", seconds(limits.tailAge()))
                                .bind("$6", seconds(limits.carriedAge()))
                                .bind("$7", limits.deadShare())
                                .bind("$8", seconds(limits.eraseAhead()))
                                .bind("$9", limits.merges().parts())
                                .bind("$10", limits.merges().belowLevel())
                                .bind("$11", limits.merges().belowRawBytes())
                                .bind("$12", limits.merges().belowRows())
                                .bind("$13", most),
                        PostgresCompactionWork::lease)
                .map(leases -> leases.stream()
                        .sorted(Comparator.comparing(CompactionLease::reason))
                        .toList());
    }

    @Override
    public Mono<Long> tailSections(Duration age) {
        return database.queryOne(
                WorkSql.TAIL_SECTIONS,
                statement -> statement.bind("$1", seconds(age)),
                row -> Columns.number(row, "sections"));
    }

    @Override
    public Mono<CompactionLease> renew(CompactionLease lease, Duration by) {
        return database.queryOne(
                LeaseSql.of(lease.reason().lane()).renew(),
                statement -> bind(statement, lease, by),
                row -> new CompactionLease(
                        lease.object(),
                        lease.organization(),
                        lease.reason(),
                        lease.token(),
                        Columns.time(row, "leased_until")));
    }

    @Override
    public Mono<Void> done(CompactionLease lease, Duration rest) {
        return database.run(LeaseSql.of(lease.reason().lane()).done(), statement -> bind(statement, lease, rest));
    }

    private static void bind(Statement statement, CompactionLease lease, Duration duration) {
        statement
                .bind("$1", lease.object().type().text())
                .bind("$2", lease.object().id())
                .bind("$3", lease.token())
                .bind("$4", seconds(duration));
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    private static CompactionLease lease(Row row) {
        return new CompactionLease(
                new ObjectRef(ObjectType.ofText(Columns.text(row, "object_type")), Columns.text(row, "object_id")),
                new OrganizationId(Columns.uuid(row, "organization")),
                CompactionReason.of(Columns.integer(row, "urgency")),
                Columns.number(row, "token"),
                Columns.time(row, "leased_until"));
    }
}
