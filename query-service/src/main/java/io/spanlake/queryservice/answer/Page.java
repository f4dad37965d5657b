package io.spanlake.queryservice.answer;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.TransactionId;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.ObjectValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * An answer that is complete.
 *
 * @param rows   each as JSON
 * @param closed nothing up to it will come any more; empty where nothing was read
 * @param bytesRead JSON of the rows that were looked at
 * @param took   from the query's start to its last row
 */
public record Page(
        List<OutputColumn> columns,
        List<byte[]> rows,
        Optional<String> cursor,
        List<Warning> warnings,
        Optional<TransactionId> closed,
        long bytesRead,
        Duration took) {
    public Page {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /** The rows, read again from their JSON. */
    Flux<ObjectValue> values() {
        return Flux.fromIterable(rows)
                .map(json -> JsonValues.of(ByteSlice.of(json)) instanceof ObjectValue row ? row : ObjectValue.EMPTY);
    }
}
