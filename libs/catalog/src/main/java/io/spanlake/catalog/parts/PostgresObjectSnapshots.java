package io.spanlake.catalog.parts;

import io.r2dbc.spi.Statement;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.LogOffset;
import io.spanlake.model.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import reactor.core.publisher.Mono;

/** {@link ObjectSnapshots} in PostgreSQL. */
public final class PostgresObjectSnapshots implements ObjectSnapshots {
    private final CatalogDatabase database;

    public PostgresObjectSnapshots(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<ObjectSnapshot> snapshot(ObjectRef object, KnownObject known) {
        return database.query(
                        SnapshotSql.SNAPSHOT,
                        statement -> bind(statement, object, known),
                        row -> SnapshotLine.read(object, row))
                .map(lines -> new SnapshotBuilder(object).addAll(lines).build(known));
    }

    private static void bind(Statement statement, ObjectRef object, KnownObject known) {
        statement.bind("$1", object.type().text()).bind("$2", object.id());
        bindOffsets(statement, 3, known.wal());
        bindOffsets(statement, 6, known.processed());
        statement.bind("$9", known.version());
    }

    private static void bindOffsets(Statement statement, int first, Map<Integer, LogOffset> offsets) {
        var partitions = List.copyOf(offsets.keySet());
        statement
                .bind("$" + first, partitions.toArray(Integer[]::new))
                .bind("$" + (first + 1), column(partitions, offsets, LogOffset::incarnation, Integer[]::new))
                .bind("$" + (first + 2), column(partitions, offsets, LogOffset::offset, Long[]::new));
    }

    private static <C> C[] column(
            List<Integer> partitions,
            Map<Integer, LogOffset> offsets,
            Function<LogOffset, C> value,
            IntFunction<C[]> array) {
        return partitions.stream()
                .map(partition -> value.apply(Objects.requireNonNull(offsets.get(partition))))
                .toArray(array);
    }
}
