package io.spanlake.standalone.serve;

import io.spanlake.catalog.overview.CatalogOverview;
import io.spanlake.catalog.overview.Stock;
import io.spanlake.catalog.overview.Stock.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is and what waits, for {@code status}. Pure. */
final class StockJson {
    private static final List<Kind> STORED = List.of(
            Kind.WAL,
            Kind.PROCESSED,
            Kind.PART,
            Kind.COLUMNS,
            Kind.DELETION_VECTOR,
            Kind.CHECKPOINT,
            Kind.RETIRED,
            Kind.UNREADABLE);

    private StockJson() {}

    static Map<String, Object> of(CatalogOverview overview, Instant now) {
        var json = new LinkedHashMap<String, Object>();
        json.put("waiting", waiting(overview, now));
        json.put(
                "parts",
                overview.levels().values().stream().map(StockJson::level).toList());
        json.put(
                "stored", STORED.stream().map(kind -> stored(overview.of(kind))).toList());
        var erasure = overview.of(Kind.ERASURE);
        if (erasure.items() > 0) {
            json.put("parts_to_erase", erasure.items());
            erasure.since().ifPresent(by -> json.put("erase_by", by.toString()));
        }
        return json;
    }

    private static Map<String, Object> waiting(CatalogOverview overview, Instant now) {
        var unprocessed = overview.of(Kind.UNPROCESSED);
        var tail = overview.of(Kind.TAIL);
        var json = new LinkedHashMap<String, Object>();
        json.put("unprocessed_writes", unprocessed.rows());
        json.put(
                "unprocessed_seconds",
                unprocessed.since().map(since -> seconds(since, now)).orElse(0L));
        json.put("unindexed_rows", tail.rows());
        json.put("unindexed_raw_bytes", tail.rawBytes());
        json.put(
                "unindexed_seconds",
                overview.oldestUnindexed().map(since -> seconds(since, now)).orElse(0L));
        overview.oldestUnindexed().ifPresent(since -> json.put("oldest_unindexed", since.toString()));
        json.put("carried_rows", overview.of(Kind.CARRIED).rows());
        json.put("missing_writes", overview.of(Kind.MISSING).rows());
        return json;
    }

    private static long seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds());
    }

    private static Map<String, Object> level(Stock stock) {
        var json = new LinkedHashMap<String, Object>();
        json.put("level", stock.level());
        json.put("parts", stock.items());
        json.put("rows", stock.rows());
        json.put("dead_rows", stock.deadRows());
        json.put("bytes", stock.bytes());
        json.put("raw_bytes", stock.rawBytes());
        return json;
    }

    private static Map<String, Object> stored(Stock stock) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", stock.kind().name().toLowerCase(Locale.ROOT));
        json.put("blobs", stock.items());
        json.put("bytes", stock.bytes());
        return json;
    }
}
