package io.spanlake.compactor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.spanlake.catalog.overview.CatalogOverview;
import io.spanlake.catalog.overview.Overview;
import io.spanlake.catalog.overview.Stock;
import io.spanlake.catalog.overview.Stock.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What there is and what waits, of all organizations, as last read. Blocks to read; the meters themselves never do. */
final class CatalogMeters {
    private static final List<Kind> BLOBS = List.of(
            Kind.WAL,
            Kind.PROCESSED,
            Kind.PART,
            Kind.COLUMNS,
            Kind.DELETION_VECTOR,
            Kind.CHECKPOINT,
            Kind.RETIRED,
            Kind.UNREADABLE);

    private final Overview overview;
    private final InstantSource clock;
    private final MultiGauge levels;
    private volatile CatalogOverview last = new CatalogOverview(List.of());

    CatalogMeters(Overview overview, InstantSource clock, MeterRegistry registry) {
        this.overview = overview;
        this.clock = clock;
        for (var kind : BLOBS) {
            Gauge.builder("spanlake.catalog.blob.size", () -> last.of(kind).bytes())
                    .description("Bytes of blobs that the catalog lists")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        }
        levels = MultiGauge.builder("spanlake.catalog.parts")
                .description("Indexed parts that are live")
                .register(registry);
        rows(
                registry,
                "rows",
                "Rows of parts, dead ones included",
                catalog -> catalog.of(Kind.PART).rows());
        rows(
                registry,
                "rows.dead",
                "Rows of parts that died since these were written",
                catalog -> catalog.of(Kind.PART).deadRows());
        rows(
                registry,
                "rows.tail",
                "Row states that are processed and not indexed",
                catalog -> catalog.of(Kind.TAIL).rows());
        rows(
                registry,
                "rows.carried",
                "Patches and tombstones that wait for their row",
                catalog -> catalog.of(Kind.CARRIED).rows());
        rows(
                registry,
                "writes.unprocessed",
                "Writes of the log that no cut has taken",
                catalog -> catalog.of(Kind.UNPROCESSED).rows());
        rows(
                registry,
                "writes.missing",
                "Writes whose blob nobody can read",
                catalog -> catalog.of(Kind.MISSING).rows());
        Gauge.builder("spanlake.catalog.tail.size", () -> last.of(Kind.TAIL).rawBytes())
                .description("Bytes of row states that are not indexed, before compression")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        age(
                registry,
                "unprocessed.age",
                "Of the oldest write that no cut has taken",
                () -> last.of(Kind.UNPROCESSED).since());
        age(registry, "unindexed.age", "Of the oldest write that is in no part", () -> last.oldestUnindexed());
        age(
                registry,
                "erasure.overdue",
                "Since when bytes of deleted rows should be gone",
                () -> last.of(Kind.ERASURE).since());
    }

    private void rows(
            MeterRegistry registry, String name, String description, ToDoubleFunction<CatalogOverview> count) {
        Gauge.builder("spanlake.catalog." + name, () -> count.applyAsDouble(last))
                .description(description)
                .register(registry);
    }

    /** 0 where there is none, and where the time is still to come. */
    private void age(MeterRegistry registry, String name, String description, Since since) {
        Gauge.builder(
                        "spanlake.catalog." + name,
                        () -> since.get().map(this::secondsSince).orElse(0.0))
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    /** A moment, if there is one. */
    private interface Since {
        Optional<Instant> get();
    }

    private double secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, clock.instant()).toMillis() / 1e3);
    }

    void read() {
        var now = overview.now().block();
        if (now != null) {
            last = now;
            levels.register(
                    now.levels().values().stream().map(CatalogMeters::row).toList(), true);
        }
    }

    private static MultiGauge.Row<Number> row(Stock level) {
        return MultiGauge.Row.of(Tags.of("level", Integer.toString(level.level())), level.items());
    }
}
