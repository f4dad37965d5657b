package io.spanlake.catalog.work;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** {@link Erasures} in PostgreSQL. */
public final class PostgresErasures implements Erasures {
    private static final String ASK = """
            insert into erasures (object_type, object_id, row_id)
            select distinct $1::text::object_type, $2, row_id from unnest($3::text[]) as asked (row_id)
            on conflict (object_type, object_id, row_id) where done_at is null do update set asked_at = now()
            """;

    private static final String OPEN = """
            select id, row_id, asked_at from erasures
            where object_type = $1::text::object_type and object_id = $2 and done_at is null
            order by id
            """;

    private static final String DONE = """
            with old as (delete from erasures where done_at < now() - interval '7 days')
            update erasures set done_at = now() where id = any($1::int8[])
            """;

    private static final String ASKED_LATELY = """
            select row_id, max(coalesce(done_at, now())) as until from erasures
            where object_type = $1::text::object_type and object_id = $2
            group by row_id
            """;

    private final CatalogDatabase database;

    public PostgresErasures(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Void> ask(ObjectRef object, List<String> rowIds) {
        return database.run(ASK, statement -> bind(statement, object).bind("$3", rowIds.toArray(String[]::new)));
    }

    @Override
    public Mono<List<Erasure>> open(ObjectRef object) {
        return database.query(OPEN, statement -> bind(statement, object), PostgresErasures::erasure);
    }

    @Override
    public Mono<Void> done(List<Erasure> erasures) {
        var ids = erasures.stream().map(Erasure::id).toArray(Long[]::new);
        return database.run(DONE, statement -> statement.bind("$1", ids));
    }

    @Override
    public Mono<Map<String, Instant>> askedLately(ObjectRef object) {
        return database.query(
                        ASKED_LATELY,
                        statement -> bind(statement, object),
                        row -> Map.entry(Columns.text(row, "row_id"), Columns.time(row, "until")))
                .map(PostgresErasures::byRow);
    }

    private static Map<String, Instant> byRow(List<Map.Entry<String, Instant>> rows) {
        return rows.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Statement bind(Statement statement, ObjectRef object) {
        return statement.bind("$1", object.type().text()).bind("$2", object.id());
    }

    private static Erasure erasure(Row row) {
        return new Erasure(Columns.number(row, "id"), Columns.text(row, "row_id"), Columns.time(row, "asked_at"));
    }
}
