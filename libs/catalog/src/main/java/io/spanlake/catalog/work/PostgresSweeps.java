package io.spanlake.catalog.work;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** {@link Sweeps} in PostgreSQL. */
public final class PostgresSweeps implements Sweeps {
    private final CatalogDatabase database;

    public PostgresSweeps(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<List<RetiredBlob>> due(Duration grace, int most) {
        return database.query(
                WorkSql.RETIRED,
                statement -> statement
                        .bind("$1", PostgresCompactionWork.seconds(grace))
                        .bind("$2", most),
                row -> new RetiredBlob(
                        Columns.text(row, "name"), Columns.number(row, "bytes"), Columns.time(row, "changed_at")));
    }

    @Override
    public Mono<Void> swept(Collection<String> names) {
        if (names.isEmpty()) {
            return Mono.empty();
        }
        return database.run(WorkSql.SWEPT, statement -> statement.bind("$1", names.toArray(String[]::new)));
    }

    @Override
    public Mono<Set<String>> doom(Collection<String> names) {
        if (names.isEmpty()) {
            return Mono.just(Set.of());
        }
        return database.query(
                        WorkSql.DOOM,
                        statement -> statement.bind("$1", Set.copyOf(names).toArray(String[]::new)),
                        row -> Columns.text(row, "name"))
                .map(Set::copyOf);
    }

    @Override
    public Mono<Map<String, Long>> versions() {
        return database.query(WorkSql.VERSIONS, statement -> {}, PostgresSweeps::version)
                .map(lines -> lines.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map.Entry<String, Long> version(Row row) {
        var organization = new OrganizationId(Columns.uuid(row, "organization"));
        var object = new ObjectRef(ObjectType.ofText(Columns.text(row, "object_type")), Columns.text(row, "object_id"));
        return Map.entry(CheckpointNames.folder(organization, object), Columns.number(row, "version"));
    }

    @Override
    public Mono<Integer> retireLog(ObjectRef object) {
        return database.queryOne(
                WorkSql.RETIRE_LOG,
                statement -> statement.bind("$1", object.type().text()).bind("$2", object.id()),
                row -> Math.toIntExact(Columns.number(row, "retired")));
    }
}
