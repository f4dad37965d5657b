package io.spanlake.query.part;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobReads;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.SharedLoads;
import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.column.VectorBuilder;
import io.spanlake.storage.part.columns.Column;
import io.spanlake.storage.part.columns.ColumnPath;
import io.spanlake.storage.part.columns.ColumnsReader;
import io.spanlake.storage.part.index.FieldPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Columns of parts in memory: those that were asked for lately. What a column cannot hold, and what lies at paths without a
 * column, the part's index knows. Errors are {@code ReadRefusal}s that name the blob. Thread-safe.
 */
public final class PartVectors {
    private static final int NOTHING_BYTES = 64;
    /** Readers see them in another form, or they are another in every row. */
    private static final Set<String> NO_VECTORS =
            Set.of("_xact_id", "_pagination_key", "id", "span_id", "has_error", "tags");

    private record Key(String part, boolean presence, List<FieldPath> paths) {}

    private final SharedLoads<Key, Optional<ColumnVector>> vectors;
    private final Scheduler search;
    private final VectorSettings settings;

    /** @param search bounded; for what blocks on reads, and nothing else */
    public PartVectors(VectorSettings settings, Scheduler search, MeterRegistry registry) {
        this.settings = settings;
        this.vectors = new SharedLoads<>(
                settings.cacheBytes(),
                (_, vector) -> (int) Math.min(
                        Integer.MAX_VALUE, vector.map(ColumnVector::bytes).orElse(0L) + NOTHING_BYTES),
                counter(registry, "hit"),
                counter(registry, "miss"));
        this.search = search;
    }

    /**
     * @param keys  of the path
     * @param paths all places that it may mean, the one without keys with dots first
     * @return empty where the values cannot be had without reading rows
     */
    public Mono<Optional<ColumnVector>> column(OpenPart part, List<String> keys, List<FieldPath> paths) {
        return loaded(part, new Key(part.name(), false, paths), () -> column(part, new ColumnPath(keys), paths));
    }

    /** Which rows have a value that is not null, at a path whose values are indexed. */
    public Mono<Optional<ColumnVector>> presence(OpenPart part, List<FieldPath> paths) {
        return loaded(part, new Key(part.name(), true, paths), () -> {
            var search = part.index().search();
            var leftOut = search.doubtful();
            leftOut.or(elsewhere(part, paths));
            var present = search.exists(paths.getFirst()).rows();
            return bounded(new ColumnVector.Presence(BitSetUtil.bitsetOf(present), leftOut), part);
        });
    }

    public VectorSettings settings() {
        return settings;
    }

    private interface Load {
        Optional<ColumnVector> get() throws IOException;
    }

    private Mono<Optional<ColumnVector>> loaded(OpenPart part, Key key, Load load) {
        return vectors.get(key, () -> BlobReads.blocking(load::get).subscribeOn(search))
                .onErrorMap(fault -> BlobRefusals.of(part.name(), fault));
    }

    private Optional<ColumnVector> column(OpenPart part, ColumnPath path, List<FieldPath> paths) throws IOException {
        if (NO_VECTORS.contains(path.toString())) {
            return Optional.empty();
        }
        var columns = part.index().columns();
        var column = columns.column(path);
        if (column.isEmpty()) {
            var found = elsewhere(part, paths);
            found.or(part.index().search().exists(paths.getFirst()).rows());
            return bounded(new ColumnVector.Nothing(found), part);
        }
        if (!VectorBuilder.canHold(column.get().type())) {
            return Optional.empty();
        }
        var elsewhere = elsewhere(part, paths);
        return read(columns, column.get(), elsewhere, part.reader().rows()).flatMap(vector -> bounded(vector, part));
    }

    private static Optional<ColumnVector> read(
            ColumnsReader columns, Column column, RoaringBitmap elsewhere, int rows) {
        var builder = new VectorBuilder(column, elsewhere, rows);
        columns.read(List.of(column.path()), 0, rows).toIterable(1).forEach(builder::add);
        return builder.build();
    }

    /** Rows that have a value at another of the places. */
    private static RoaringBitmap elsewhere(OpenPart part, List<FieldPath> paths) throws IOException {
        var rows = new RoaringBitmap();
        for (var other : paths.subList(1, paths.size())) {
            rows.or(part.index().search().exists(other).rows());
        }
        return rows;
    }

    private Optional<ColumnVector> bounded(ColumnVector vector, OpenPart part) {
        return vector.leftOut().getLongCardinality() <= part.reader().rows() * settings.leftOutShare()
                ? Optional.of(vector)
                : Optional.empty();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.vectors.asked")
                .description("Columns of parts asked for by queries, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }
}
