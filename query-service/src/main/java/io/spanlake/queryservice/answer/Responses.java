package io.spanlake.queryservice.answer;

import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A page as an answer of HTTP: one JSON document with all that clients look for, lines of JSON, or CSV. */
public final class Responses {
    private static final List<String> HEADERS = List.of(
            "x-bt-cursor",
            "x-bt-api-duration-ms",
            "x-bt-brainstore-duration-ms",
            "x-bt-freshness-state",
            "x-bt-query-plan",
            "x-bt-internal-trace-id",
            "x-bt-found-existing");
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private Responses() {}

    public static Mono<ServerResponse> of(ServerRequest request, Optional<String> format, Page page) {
        var response = ServerResponse.ok()
                .header("cache-control", "no-store")
                .header("access-control-expose-headers", String.join(", ", HEADERS))
                .header("x-bt-freshness-state", "complete")
                .header("x-bt-api-duration-ms", Long.toString(page.took().toMillis()))
                .header("x-bt-brainstore-duration-ms", Long.toString(page.took().toMillis()));
        page.cursor().ifPresent(cursor -> response.header("x-bt-cursor", cursor));
        boolean wantsLines = request.headers().accept().stream()
                .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)
                        || type.getSubtype().equals("x-jsonlines"));
        return switch (format.orElse(wantsLines ? "jsonl" : "json")) {
            case "json" -> response.contentType(MediaType.APPLICATION_JSON).body(sent(document(page)));
            case "jsonl" ->
                response.contentType(MediaType.APPLICATION_NDJSON)
                        .body(sent(Flux.fromIterable(page.rows()).concatMapIterable(row -> List.of(row, bytes("\n")))));
            case "csv" -> response.contentType(CSV).body(sent(Csv.of(page)));
            case "parquet" -> throw bad("fmt parquet is not supported yet: json, jsonl and csv are");
            case String other -> throw bad("fmt is json, jsonl or csv, not " + other);
        };
    }

    private static RuntimeException bad(String detail) {
        return Problem.of(400, "bad-request", "The request is not understood", detail)
                .refused();
    }

    private static BodyInserter<Flux<DataBuffer>, ReactiveHttpOutputMessage> sent(Flux<byte[]> pieces) {
        return BodyInserters.fromDataBuffers(pieces.map(BUFFERS::wrap));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Flux<byte[]> document(Page page) {
        var comma = bytes(",");
        var rows = Flux.fromIterable(page.rows())
                .index()
                .concatMapIterable(row -> row.getT1() == 0 ? List.of(row.getT2()) : List.of(comma, row.getT2()));
        return Flux.concat(Flux.just(bytes("{\"data\":[")), rows, Flux.just(bytes("]," + tail(page))));
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
                        LongValue.ZERO,
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

    static String text(Value value) {
        return switch (value) {
            case NullValue _ -> "";
            case TextValue(var text) -> text;
            case BooleanValue flag -> Boolean.toString(flag.isTrue());
            default -> JsonWriter.json(value);
        };
    }
}
