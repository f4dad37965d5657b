package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** {@link ObjectWidths} in PostgreSQL. */
public final class PostgresObjectWidths implements ObjectWidths {
    private static final String ALL =
            "select object_type::text as object_type, object_id, width from object_width where width > 1";
    private static final String WIDEN = """
            insert into object_width as w (object_type, object_id, width) values ($1::text::object_type, $2, $3)
            on conflict (object_type, object_id) do update set width = greatest(w.width, excluded.width)
            returning width
            """;

    private final CatalogDatabase database;

    public PostgresObjectWidths(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Map<ObjectRef, Integer>> all() {
        return database.query(
                        ALL,
                        statement -> {},
                        row -> Map.entry(
                                new ObjectRef(
                                        ObjectType.ofText(Columns.text(row, "object_type")),
                                        Columns.text(row, "object_id")),
                                Columns.integer(row, "width")))
                .map(entries ->
                        entries.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Mono<Integer> widen(ObjectRef object, int width) {
        if (Integer.bitCount(width) != 1 || width < 1) {
            throw new IllegalArgumentException("a width is a power of two, not %d: %s".formatted(width, object));
        }
        return database.queryOne(
                WIDEN,
                statement -> statement
                        .bind("$1", object.type().text())
                        .bind("$2", object.id())
                        .bind("$3", width),
                row -> Columns.integer(row, "width"));
    }
}
