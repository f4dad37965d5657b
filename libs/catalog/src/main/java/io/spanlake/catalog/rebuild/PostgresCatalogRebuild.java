package io.spanlake.catalog.rebuild;

import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.JsonParameter;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.CheckpointJson;
import io.spanlake.model.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link CatalogRebuild} in PostgreSQL: an object, or some hundred WAL objects, a statement. */
public final class PostgresCatalogRebuild implements CatalogRebuild {
    private static final int BLOBS_A_STATEMENT = 200;

    private final CatalogDatabase database;

    public PostgresCatalogRebuild(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> isEmpty() {
        return database.queryOne(RebuildSql.EMPTY, statement -> {}, row -> Columns.flag(row, "empty"));
    }

    @Override
    public Mono<Void> write(RebuiltCatalog catalog, long epoch) {
        var byBlob = catalog.logged().stream().collect(Collectors.groupingBy(LoggedSection::blobName));
        var log = Flux.fromIterable(byBlob.values())
                .buffer(BLOBS_A_STATEMENT)
                .map(blobs -> blobs.stream().flatMap(List::stream).toList())
                .concatMap(sections -> run(RebuildSql.LOG, sectionsText(sections)));
        var published = Flux.fromIterable(catalog.published())
                .concatMap(stored -> run(RebuildSql.PUBLISHED, publishedText(stored)));
        var positions = database.run(
                RebuildSql.POSITIONS,
                statement -> statement.bind("$1", positionsText(catalog)).bind("$2", epoch));
        return log.then().thenMany(published).then(positions);
    }

    private Mono<Void> run(String sql, String text) {
        return database.run(sql, statement -> statement.bind("$1", text));
    }

    private static String sectionsText(List<LoggedSection> sections) {
        return JsonParameter.of(json -> json.objects("sections", sections, PostgresCatalogRebuild::section));
    }

    private static void section(JsonParameter json, LoggedSection section) {
        long sum = section.objects().values().stream()
                .mapToLong(LoggedSection.LoggedWrites::stampSum)
                .sum();
        json.put("name", section.blobName())
                .put("organization", section.organization().value())
                .put("blob_bytes", section.blobBytes())
                .put("footer_offset", section.footerOffset())
                .put("partition", section.partition())
                .put("incarnation", section.incarnation())
                .put("first_offset", section.first())
                .put("next_offset", section.next())
                .put("writes", section.writes())
                .put("stamp_sum", sum)
                .objects(
                        "objects",
                        section.objects().entrySet(),
                        (to, entry) -> object(to, entry.getKey())
                                .put("writes", entry.getValue().writes()));
    }

    private static JsonParameter object(JsonParameter json, ObjectRef object) {
        return json.put("object_type", object.type().text()).put("object_id", object.id());
    }

    private static String publishedText(StoredCheckpoint stored) {
        return JsonParameter.of(json -> {
            json.put("checkpoint", stored.blobName()).put("checkpoint_bytes", stored.bytes());
            CheckpointJson.write(json, stored.checkpoint());
        });
    }

    private static String positionsText(RebuiltCatalog catalog) {
        return JsonParameter.of(json -> json.objects(
                        "positions", catalog.wal().entrySet(), (to, entry) -> position(to, entry, catalog.processed()))
                .objects(
                        "ended",
                        catalog.ended(),
                        (to, end) -> to.put("partition", end.partition())
                                .put("incarnation", end.incarnation())
                                .put("next_offset", end.next()))
                .objects(
                        "widths",
                        catalog.widths().entrySet(),
                        (to, entry) -> object(to, entry.getKey()).put("width", entry.getValue())));
    }

    private static void position(
            JsonParameter json, Map.Entry<Integer, LogOffset> wal, Map<Integer, LogOffset> processed) {
        var done = Objects.requireNonNull(processed.get(wal.getKey()));
        json.put("partition", wal.getKey())
                .put("incarnation", wal.getValue().incarnation())
                .put("wal_offset", wal.getValue().offset())
                .put("done_incarnation", done.incarnation())
                .put("done_offset", done.offset());
    }
}
