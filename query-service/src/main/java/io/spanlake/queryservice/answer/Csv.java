package io.spanlake.queryservice.answer;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** RFC 4180: a header, then the rows; objects and arrays as their JSON, null as nothing. */
final class Csv {
    private Csv() {}

    static Flux<byte[]> of(Page page) {
        var names = page.columns().stream().map(OutputColumn::name).toList();
        var header = Flux.just(Responses.bytes(line(names)));
        return header.concatWith(Flux.fromIterable(page.rows()).map(row -> Responses.bytes(line(names, row))));
    }

    private static String line(List<String> names, byte[] json) {
        var row = JsonValues.of(ByteSlice.of(json)) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        return line(names.stream().map(name -> Responses.text(row.get(name))).toList());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
