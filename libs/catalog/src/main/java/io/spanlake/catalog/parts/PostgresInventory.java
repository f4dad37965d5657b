package io.spanlake.catalog.parts;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Inventory} in PostgreSQL. Each page is a statement, and so a snapshot, of its own. */
public final class PostgresInventory implements Inventory {
    private static final int PAGE_LINES = 1_000;

    /** Distinct objects of the log by hops through its index: it has a line for each section, and there are few objects. */
    private static final String OBJECTS = """
            with recursive logged as (
                (select object_type, object_id from wal_section_objects
                 where $1::text is null or (object_type, object_id) > ($1::text::object_type, $2)
                 order by object_type, object_id limit 1)
                union all
                select n.object_type, n.object_id
                from logged l, lateral (
                    select object_type, object_id from wal_section_objects
                    where (object_type, object_id) > (l.object_type, l.object_id)
                    order by object_type, object_id limit 1) n
            )
            select object_type::text as object_type, object_id
            from (
                (select object_type, object_id from logged limit $3)
                union
                (select object_type, object_id from published_objects
                 where $1::text is null or (object_type, object_id) > ($1::text::object_type, $2)
                 order by object_type, object_id limit $3)
            ) o
            order by o.object_type, o.object_id limit $3
            """;

    private static final String BLOBS = """
            select name, bytes from blobs where state = 'live' and name > $1 order by name limit $2
            """;

    private static final String IS_LIVE =
            "select exists (select from blobs where name = $1 and state = 'live') as live";

    private final CatalogDatabase database;
    private final int pageLines;

    public PostgresInventory(CatalogDatabase database) {
        this(database, PAGE_LINES);
    }

    PostgresInventory(CatalogDatabase database, int pageLines) {
        this.database = database;
        this.pageLines = pageLines;
    }

    @Override
    public Flux<ObjectRef> objects() {
        return pages(this::objectsAfter);
    }

    private Mono<List<ObjectRef>> objectsAfter(Optional<ObjectRef> last) {
        return database.query(
                OBJECTS,
                statement -> {
                    if (last.isPresent()) {
                        statement.bind("$1", last.get().type().text());
                    } else {
                        statement.bindNull("$1", String.class);
                    }
                    statement.bind("$2", last.map(ObjectRef::id).orElse("")).bind("$3", pageLines);
                },
                row -> new ObjectRef(
                        ObjectType.ofText(Columns.text(row, "object_type")), Columns.text(row, "object_id")));
    }

    @Override
    public Flux<LiveBlob> blobs() {
        return pages(this::blobsAfter);
    }

    private Mono<List<LiveBlob>> blobsAfter(Optional<LiveBlob> last) {
        return database.query(
                BLOBS,
                statement -> statement
                        .bind("$1", last.map(LiveBlob::name).orElse(""))
                        .bind("$2", pageLines),
                row -> {
                    var bytes = row.get("bytes", Long.class);
                    return new LiveBlob(
                            Columns.text(row, "name"), bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
                });
    }

    @Override
    public Mono<Boolean> isLive(String name) {
        return database.queryOne(IS_LIVE, statement -> statement.bind("$1", name), row -> Columns.flag(row, "live"));
    }

    /** The next page is asked for when this one is used up. */
    private <T> Flux<T> pages(Function<Optional<T>, Mono<List<T>>> after) {
        return after.apply(Optional.empty())
                .expand(page -> page.size() < pageLines ? Mono.empty() : after.apply(Optional.of(page.getLast())))
                .concatMapIterable(page -> page, 1);
    }
}
