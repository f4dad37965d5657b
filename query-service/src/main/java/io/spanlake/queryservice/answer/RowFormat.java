package io.spanlake.queryservice.answer;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.queryservice.parquet.ParquetAnswer;
import java.util.List;
import reactor.core.publisher.Flux;

/** Rows as bytes: a line each, or a file. */
public interface RowFormat {
    RowFormat JSON_LINES = (_, rows) -> rows.map(row -> Responses.bytes(JsonWriter.json(row) + "\n"));
    RowFormat CSV = (columns, rows) -> Csv.of(columns, rows);
    RowFormat PARQUET = ParquetAnswer::of;

    Flux<byte[]> lines(List<OutputColumn> columns, Flux<ObjectValue> rows);
}
