package io.spanlake.queryservice.answer;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** RFC 4180: a header, then the rows; objects and arrays as their JSON, null as nothing. */
final class Csv {
    private Csv() {}

    static Flux<byte[]> of(List<OutputColumn> columns, Flux<ObjectValue> rows) {
        var names = columns.stream().map(OutputColumn::name).toList();
        return Flux.just(line(names))
                .concatWith(rows.map(row -> line(names.stream()
                        .map(name -> Responses.text(row.get(name)))
                        .toList())))
                .map(Responses::bytes);
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
