package io.spanlake.catalog.work;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** {@link Retentions} in PostgreSQL. */
public final class PostgresRetentions implements Retentions {
    private final CatalogDatabase database;

    public PostgresRetentions(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Void> set(UUID project, Optional<Duration> keep) {
        if (keep.isEmpty()) {
            return database.run(WorkSql.KEEP_FOREVER, statement -> statement.bind("$1", project));
        }
        long seconds = keep.get().toSeconds();
        if (seconds < 1) {
            throw new IllegalArgumentException("rows are kept for a second at least, not for " + keep.get());
        }
        return database.run(
                WorkSql.KEEP, statement -> statement.bind("$1", project).bind("$2", seconds));
    }

    @Override
    public Mono<Optional<Duration>> of(UUID project) {
        return database.query(
                        WorkSql.KEPT + " where project = $1",
                        statement -> statement.bind("$1", project),
                        PostgresRetentions::kept)
                .map(rows -> rows.stream().map(Map.Entry::getValue).findFirst());
    }

    @Override
    public Mono<Map<UUID, Duration>> all() {
        return database.query(WorkSql.KEPT, statement -> {}, PostgresRetentions::kept)
                .map(PostgresRetentions::byProject);
    }

    private static Map<UUID, Duration> byProject(List<Map.Entry<UUID, Duration>> rows) {
        return rows.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<UUID, Duration> kept(Row row) {
        return Map.entry(Columns.uuid(row, "project"), Duration.ofSeconds(Columns.number(row, "keep_seconds")));
    }
}
