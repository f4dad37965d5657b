package io.spanlake.model.cases;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes of one row and what becomes of them.
 *
 * @param name      topic and sentence
 * @param writes    in the order of their stamps
 * @param row       the value of each field, to the byte; empty where there is no row
 * @param trace     what {@code traceId()} answers, where the case says so
 * @param patchOnly what {@code patchOnly()} answers, where the case says so
 */
public record RowCase(
        String name,
        RowIdentity identity,
        List<Write> writes,
        Optional<Map<String, ByteSlice>> row,
        Optional<String> trace,
        Optional<Boolean> patchOnly) {
    /** Fields that a case may leave out: they follow from where and when the writes came. */
    public static final Set<String> COMPUTED = Set.of(
            "_xact_id",
            "_pagination_key",
            "audit_data",
            "comments",
            "created",
            "dataset_id",
            "is_root",
            "log_id",
            "org_id",
            "project_id",
            "root_span_id",
            "span_id",
            "span_parents");

    @Override
    public String toString() {
        return name;
    }
}
