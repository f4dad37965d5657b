package io.spanlake.queryservice.answer;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import reactor.core.publisher.Flux;

/** A page as the one document that clients know. */
final class PageJson {
    private PageJson() {}

    static Flux<byte[]> pieces(Page page) {
        var comma = Responses.bytes(",");
        var rows = Flux.fromIterable(page.rows())
                .index()
                .concatMapIterable(row -> row.getT1() == 0 ? List.of(row.getT2()) : List.of(comma, row.getT2()));
        return Flux.concat(
                Flux.just(Responses.bytes("{\"data\":[")), rows, Flux.just(Responses.bytes("]," + tail(page))));
    }

    /** The same on one line. */
    static String text(Page page) {
        var text = new StringBuilder("{\"data\":[");
        for (var row : page.rows()) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                    .append(new String(row, StandardCharsets.UTF_8));
        }
        return text.append("],").append(tail(page)).toString();
    }

    private static String tail(Page page) {
        var members = new LinkedHashMap<String, Value>();
        members.put("schema", schema(page.columns()));
        page.cursor().ifPresent(cursor -> members.put("cursor", new TextValue(cursor)));
        var closed = new TextValue(page.closed().map(Object::toString).orElse("0"));
        members.put(
                "realtime_state",
                object(
                        "type",
                        new TextValue("on"),
                        "minimum_xact_id",
                        closed,
                        "read_bytes",
                        new LongValue(page.bytesRead()),
                        "actual_xact_id",
                        closed));
        members.put("freshness_state", object("last_processed_xact_id", closed, "last_considered_xact_id", closed));
        members.put("freshness", new TextValue("complete"));
        if (!page.warnings().isEmpty()) {
            members.put(
                    "warnings",
                    new ArrayValue(page.warnings().stream()
                            .<Value>map(warning -> object(
                                    "code", new TextValue(warning.code()),
                                    "message", new TextValue(warning.message()),
                                    "stage", new TextValue(warning.stage()),
                                    "severity", new TextValue(warning.severity())))
                            .toList()));
        }
        return JsonWriter.json(new ObjectValue(members)).substring(1);
    }

    private static Value schema(List<OutputColumn> columns) {
        var properties = new LinkedHashMap<String, Value>();
        for (var column : columns) {
            var type = column.type().jsonName();
            properties.put(column.name(), type.isEmpty() ? ObjectValue.EMPTY : object("type", new TextValue(type)));
        }
        var items = object("type", new TextValue("object"), "properties", new ObjectValue(properties));
        return object("type", new TextValue("array"), "items", items);
    }

    private static ObjectValue object(Object... members) {
        var fields = new LinkedHashMap<String, Value>();
        for (int i = 0; i < members.length; i += 2) {
            fields.put((String) members[i], members[i + 1] instanceof Value value ? value : NullValue.NULL);
        }
        return new ObjectValue(fields);
    }
}
