package io.spanlake.queryservice.answer;

import io.spanlake.model.TransactionId;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An answer that is complete.
 *
 * @param rows   each as JSON
 * @param closed nothing up to it will come any more; empty where nothing was read
 * @param took   from the query's start to its last row
 */
public record Page(
        List<OutputColumn> columns,
        List<byte[]> rows,
        Optional<String> cursor,
        List<Warning> warnings,
        Optional<TransactionId> closed,
        Duration took) {
    public Page {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }
}
