package io.spanlake.queryservice.answer;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import reactor.core.publisher.Flux;

/** Rows as bytes, a line each. */
public interface RowFormat {
    RowFormat JSON_LINES = (_, rows) -> rows.map(row -> Responses.bytes(JsonWriter.json(row) + "\n"));
    RowFormat CSV = (columns, rows) -> Csv.of(columns, rows);

    Flux<byte[]> lines(List<OutputColumn> columns, Flux<ObjectValue> rows);
}
