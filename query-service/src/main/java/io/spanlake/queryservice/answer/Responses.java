package io.spanlake.queryservice.answer;

import io.spanlake.query.execute.Progress;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
import reactor.core.scheduler.Scheduler;

/** Answers of HTTP: a page as one document, lines of JSON or CSV; all rows as lines; a run as events. */
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
    private static final MediaType PARQUET = MediaType.parseMediaType("application/vnd.apache.parquet");
    private static final int JOINED_BYTES = 32 << 10;
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private Responses() {}

    public static Mono<ServerResponse> page(ServerRequest request, Optional<String> format, Page page) {
        var took = Long.toString(page.took().toMillis());
        var response = begun().header("x-bt-api-duration-ms", took).header("x-bt-brainstore-duration-ms", took);
        page.cursor().ifPresent(cursor -> response.header("x-bt-cursor", cursor));
        return switch (format.orElse(wantsLines(request) ? "jsonl" : "json")) {
            case "json" -> response.contentType(MediaType.APPLICATION_JSON).body(sent(joined(PageJson.pieces(page))));
            case "jsonl" ->
                response.contentType(MediaType.APPLICATION_NDJSON)
                        .body(sent(joined(
                                Flux.fromIterable(page.rows()).concatMapIterable(row -> List.of(row, bytes("\n"))))));
            case "csv" -> response.contentType(CSV).body(sent(RowFormat.CSV.lines(page.columns(), page.values())));
            case "parquet" ->
                // A value that cannot stand in its column is still a problem then, and no broken file.
                RowFormat.PARQUET
                        .lines(page.columns(), page.values())
                        .collectList()
                        .flatMap(file -> response.contentType(PARQUET).body(sent(Flux.fromIterable(file))));
            case String other -> throw unknown(other, "json, jsonl, csv or parquet");
        };
    }

    /** @return how all rows of an answer are written */
    public static RowFormat lines(Optional<String> format) {
        return switch (format.orElse("jsonl")) {
            case "jsonl" -> RowFormat.JSON_LINES;
            case "csv" -> RowFormat.CSV;
            case "parquet" -> RowFormat.PARQUET;
            case String other -> throw unknown(other, "jsonl, csv or parquet where all rows are asked for");
        };
    }

    /** A fault before the first line is a problem; one behind it ends the connection. */
    public static Mono<ServerResponse> lines(Optional<String> format, Flux<byte[]> lines) {
        var type = switch (format.orElse("jsonl")) {
            case "csv" -> CSV;
            case "parquet" -> PARQUET;
            default -> MediaType.APPLICATION_NDJSON;
        };
        return begun().contentType(type).body(sent(lines));
    }

    public static boolean wantsEvents(ServerRequest request) {
        return request.headers().accept().stream().anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
    }

    public static Mono<ServerResponse> events(Mono<Page> page, Supplier<Optional<Progress>> progress, Scheduler timer) {
        return begun().contentType(MediaType.TEXT_EVENT_STREAM).body(sent(Events.of(page, progress, timer)));
    }

    private static ServerResponse.BodyBuilder begun() {
        return ServerResponse.ok()
                .header("cache-control", "no-store")
                .header("access-control-expose-headers", String.join(", ", HEADERS))
                .header("x-bt-freshness-state", "complete");
    }

    private static boolean wantsLines(ServerRequest request) {
        return request.headers().accept().stream()
                .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)
                        || type.getSubtype().equals("x-jsonlines"));
    }

    private static RuntimeException unknown(String format, String known) {
        return Problem.of(
                        400,
                        "bad-request",
                        "The request is not understood",
                        "fmt is %s, not %s".formatted(known, format))
                .refused();
    }

    private static BodyInserter<Flux<DataBuffer>, ReactiveHttpOutputMessage> sent(Flux<byte[]> pieces) {
        return BodyInserters.fromDataBuffers(pieces.map(BUFFERS::wrap));
    }

    /** Pieces that are at hand, some thousand small ones as one: each piece that is written goes a long way. */
    private static Flux<byte[]> joined(Flux<byte[]> pieces) {
        return Flux.defer(() -> {
            var bytes = new AtomicInteger();
            return pieces.bufferUntil(piece -> bytes.addAndGet(piece.length) >= JOINED_BYTES && bytes.getAndSet(0) > 0)
                    .map(Responses::join);
        });
    }

    private static byte[] join(List<byte[]> pieces) {
        var all = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
