package io.spanlake.catalog.processed;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@link SegmentMemory} in PostgreSQL. Asked once a claim. */
public final class PostgresSegmentMemory implements SegmentMemory {
    private static final String OPEN = """
            select id, object_type::text as object_type, object_id, opened_at, rows, raw_bytes
            from segments
            where partition = $1 and closed_at is null
            order by opened_at, id
            """;

    private static final String NEWEST = """
            select o.name, o.bytes, o.footer_offset
            from (
                select distinct s.processed_object
                from processed_sections s
                where s.partition = $1 and not s.carried
                order by s.processed_object desc
                limit $2
            ) newest
            join processed_objects o on o.id = newest.processed_object
            order by o.id
            """;

    private final CatalogDatabase database;

    public PostgresSegmentMemory(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<List<OpenedSegment>> open(int partition) {
        return database.query(OPEN, statement -> statement.bind("$1", partition), PostgresSegmentMemory::segment);
    }

    @Override
    public Mono<List<CutBlob>> newest(int partition, int most) {
        return database.query(
                NEWEST,
                statement -> statement.bind("$1", partition).bind("$2", most),
                row -> new CutBlob(
                        Columns.text(row, "name"), Columns.number(row, "bytes"), Columns.number(row, "footer_offset")));
    }

    private static OpenedSegment segment(Row row) {
        var object = new ObjectRef(ObjectType.ofText(Columns.text(row, "object_type")), Columns.text(row, "object_id"));
        return new OpenedSegment(
                Columns.uuid(row, "id"),
                object,
                Columns.time(row, "opened_at"),
                Columns.number(row, "rows"),
                Columns.number(row, "raw_bytes"));
    }
}
