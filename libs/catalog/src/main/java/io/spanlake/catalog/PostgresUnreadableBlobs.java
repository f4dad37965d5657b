package io.spanlake.catalog;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** {@link UnreadableBlobs} in PostgreSQL. */
public final class PostgresUnreadableBlobs implements UnreadableBlobs {
    private static final String ENTER = """
            with asked as materialized (
                select name, bytes, partition, incarnation, first_offset, next_offset, reason
                from unnest($1::text[], $2::int8[], $3::int4[], $4::int4[], $5::int8[], $6::int8[], $7::text[])
                     as a (name, bytes, partition, incarnation, first_offset, next_offset, reason)
            ), listed as (
                insert into blobs (name, state, bytes) select name, 'live', bytes from asked
                on conflict (name) do nothing
            )
            insert into unreadable_blobs (name, bytes, partition, incarnation, first_offset, next_offset, reason)
            select name, bytes, partition, incarnation, first_offset, next_offset, reason from asked
            on conflict (name) do nothing
            """;

    private static final String KNOWN = """
            select name, bytes, partition, incarnation, first_offset, next_offset, reason, found_at,
                   (select count(*) from unreadable_blobs) as count
            from unreadable_blobs order by found_at desc, name limit $1
            """;

    private final CatalogDatabase database;

    public PostgresUnreadableBlobs(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Void> enter(List<UnreadableBlob> blobs) {
        return blobs.isEmpty() ? Mono.empty() : database.run(ENTER, statement -> bind(statement, blobs));
    }

    private static void bind(Statement statement, List<UnreadableBlob> blobs) {
        statement
                .bind("$1", column(blobs, UnreadableBlob::name, String[]::new))
                .bind("$2", column(blobs, UnreadableBlob::bytes, Long[]::new))
                .bind("$3", column(blobs, UnreadableBlob::partition, Integer[]::new))
                .bind("$4", column(blobs, UnreadableBlob::incarnation, Integer[]::new))
                .bind("$5", column(blobs, UnreadableBlob::first, Long[]::new))
                .bind("$6", column(blobs, UnreadableBlob::next, Long[]::new))
                .bind("$7", column(blobs, UnreadableBlob::reason, String[]::new));
    }

    private static <T> T[] column(
            List<UnreadableBlob> blobs, Function<UnreadableBlob, T> of, java.util.function.IntFunction<T[]> array) {
        return blobs.stream().map(of).toArray(array);
    }

    @Override
    public Mono<Known> known(int limit) {
        return database.query(KNOWN, statement -> statement.bind("$1", limit), Counted::of)
                .map(rows -> new Known(
                        rows.isEmpty() ? 0 : rows.getFirst().count(),
                        rows.stream().map(Counted::entry).toList()));
    }

    private record Counted(Entry entry, long count) {
        static Counted of(Row row) {
            var blob = new UnreadableBlob(
                    Columns.text(row, "name"),
                    Columns.number(row, "bytes"),
                    Columns.integer(row, "partition"),
                    Columns.integer(row, "incarnation"),
                    Columns.number(row, "first_offset"),
                    Columns.number(row, "next_offset"),
                    Columns.text(row, "reason"));
            return new Counted(new Entry(blob, Columns.time(row, "found_at")), Columns.number(row, "count"));
        }
    }
}
