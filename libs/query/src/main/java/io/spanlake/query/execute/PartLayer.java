package io.spanlake.query.execute;

import io.spanlake.query.column.ColumnVector;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.Paths.Step;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The visible rows of one part. Rows go by ordinal. Thread-safe; nothing blocks. */
public interface PartLayer {
    /**
     * @param rows  visible ones; no other visible one satisfies the hint. Not to be changed
     * @param exact whether all of these do
     */
    record Selection(RoaringBitmap rows, boolean exact) {}

    Mono<Selection> select(Hint hint);

    /**
     * Keeps what reading rows has shown, so that the hint need not be asked of them again.
     *
     * @param read    rows that were looked at
     * @param meeting those of them that satisfy the hint. Neither is changed from here on
     */
    void learn(Hint hint, RoaringBitmap read, RoaringBitmap meeting);

    /**
     * Those of the rows that may satisfy the hint, by a look at their bytes. To read these next costs little.
     *
     * @param rows not changed
     */
    Mono<RoaringBitmap> sifted(Hint hint, RoaringBitmap rows);

    /** So few rows are read rather than columns asked for. */
    int fewRows();

    /** Rows with the fields that the layers were asked for, in the order of the ordinals. */
    Flux<SourceRow> rows(int[] ordinals);

    /** What names these rows, in their order: of their JSON nothing but {@code RowKeys.FIELDS}. */
    Flux<SourceRow> keys(int[] ordinals);

    /** All values of a path; empty where they cannot be had without reading rows. */
    Mono<Optional<ColumnVector>> column(List<Step> path);

    /** Which rows have a value there; empty as {@link #column}. */
    Mono<Optional<ColumnVector>> presence(List<Step> path);
}
