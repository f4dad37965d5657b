package io.spanlake.uiquery.answer;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.read.CountsAnswer;
import io.spanlake.query.read.Freshness;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.RowAnswer;
import io.spanlake.query.read.RowsAnswer;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the engine as answers of HTTP. The cursor is known before the first row, so it is a header as well. */
public final class Answers {
    static final String CURSOR_HEADER = "x-bt-cursor";
    static final String FRESHNESS_HEADER = "x-spanlake-freshness";
    private static final MediaType JSON_LINES = MediaType.APPLICATION_NDJSON;

    private final JsonMapper json = JsonMapper.shared();
    private final DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;

    public Mono<ServerResponse> rows(ServerRequest request, ObjectRef object, RowsAnswer answer) {
        var cursor = answer.cursor().map(position -> position.textFor(object));
        boolean lines = wantsLines(request);
        var response = headed(answer.freshness()).contentType(lines ? JSON_LINES : MediaType.APPLICATION_JSON);
        cursor.ifPresent(text -> response.header(CURSOR_HEADER, text));
        return response.body(sent(answer.rows(), (out, rows) -> {
            var body = lines
                    ? RowDocument.lines(rows)
                    : RowDocument.json(afterRows(cursor, answer.freshness())).of(rows);
            return out.writeWith(buffers(body));
        }));
    }

    public Mono<ServerResponse> row(ObjectRef object, RowAnswer answer) {
        var row = answer.row()
                .orElseThrow(() -> Problem.of(
                                404, "no-such-row", "No such row", "no row of %s has this id".formatted(object))
                        .refused());
        return headed(answer.freshness())
                .contentType(MediaType.APPLICATION_JSON)
                .body(sent(
                        row,
                        (out, rows) -> rows.single().flatMap(json -> {
                            out.getHeaders().setContentLength(json.length());
                            return out.writeWith(buffers(RowDocument.pieces(json)));
                        })));
    }

    /** The rows' memory is given back when their bytes have left. */
    private static BodyInserter<HeldRows, ReactiveHttpOutputMessage> sent(
            HeldRows rows, BiFunction<ReactiveHttpOutputMessage, Flux<ByteSlice>, Mono<Void>> sending) {
        return (out, context) -> rows.sentBy(json -> sending.apply(out, json))
                .onErrorMap(ReadRefusedException.class, ReadProblems::refused);
    }

    public Mono<ServerResponse> counts(CountsAnswer answer) {
        var body = new LinkedHashMap<String, Object>();
        body.put("rows", answer.counts().rows());
        body.put("traces", answer.counts().traces());
        body.put("freshness", FreshnessJson.of(answer.freshness()));
        return headed(answer.freshness())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.writeValueAsBytes(body));
    }

    private static ServerResponse.BodyBuilder headed(Freshness freshness) {
        return ServerResponse.ok()
                .header("cache-control", "no-store")
                .header("access-control-expose-headers", String.join(", ", FreshnessJson.headers()))
                .header(FRESHNESS_HEADER, FreshnessJson.line(freshness));
    }

    /** The end of the document: {@code ],"cursor":…,"freshness":{…}}}. */
    private ByteSlice afterRows(Optional<String> cursor, Freshness freshness) {
        var members = new LinkedHashMap<String, Object>();
        cursor.ifPresent(text -> members.put("cursor", text));
        members.put("freshness", FreshnessJson.of(freshness));
        return ByteSlice.ofUtf8("]," + text(members).substring(1));
    }

    private String text(Map<String, Object> members) {
        return new String(json.writeValueAsBytes(members), StandardCharsets.UTF_8);
    }

    private Flux<DataBuffer> buffers(Flux<ByteSlice> pieces) {
        return pieces.map(piece -> buffers.wrap(piece.toByteBuffer()));
    }

    private static boolean wantsLines(ServerRequest request) {
        return switch (request.queryParam("fmt").orElse("")) {
            case "jsonl" -> true;
            case "json" -> false;
            case "" -> request.headers().accept().stream().anyMatch(JSON_LINES::equalsTypeAndSubtype);
            default ->
                throw Problem.of(400, "bad-parameter", "A parameter is wrong", "fmt is json or jsonl")
                        .refused();
        };
    }
}
