package io.spanlake.queryservice.parquet;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import reactor.core.publisher.Flux;

/** All rows of an answer as one Parquet file. */
public final class ParquetAnswer {
    private ParquetAnswer() {}

    /**
     * A piece for each row group, and the end. What is held is one row group; a fault of a row comes instead of what follows,
     * so that the file is none.
     */
    public static Flux<byte[]> of(List<OutputColumn> columns, Flux<ObjectValue> rows) {
        return Flux.defer(() -> {
            var file = new ParquetFile(columns);
            return rows.<byte[]>handle((row, sink) -> {
                        if (file.add(row)) {
                            sink.next(file.takeGroup());
                        }
                    })
                    .concatWith(Flux.defer(() -> Flux.just(file.end())));
        });
    }
}
