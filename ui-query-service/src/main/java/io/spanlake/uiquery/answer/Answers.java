package io.spanlake.uiquery.answer;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.read.CountsAnswer;
import io.spanlake.query.read.Freshness;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.RowAnswer;
import io.spanlake.query.read.RowPreview;
import io.spanlake.query.read.RowsAnswer;
import io.spanlake.query.read.SkeletonAnswer;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
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
    static final String SPANS_HEADER = "x-spanlake-spans";
    private static final List<String> HEADERS =
            List.of(CURSOR_HEADER, FRESHNESS_HEADER, SPANS_HEADER, ValueAnswers.TYPE_HEADER, "content-range", "etag");
    private static final MediaType JSON_LINES = MediaType.APPLICATION_NDJSON;

    private final JsonMapper json = JsonMapper.shared();
    private final DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;

    /** @param preview of each row; absent where rows are wanted whole */
    public Mono<ServerResponse> rows(
            ServerRequest request, ObjectRef object, RowsAnswer answer, Optional<RowPreview> preview) {
        var cursor = answer.cursor().map(position -> position.textFor(object));
        var members = new LinkedHashMap<String, Object>();
        cursor.ifPresent(text -> members.put("cursor", text));
        var response = headed(answer.freshness());
        cursor.ifPresent(text -> response.header(CURSOR_HEADER, text));
        return streamed(request, response, answer.rows(), preview, withFreshness(members, answer.freshness()));
    }

    /** Skeletons say how many spans there are before the first one. */
    public Mono<ServerResponse> skeleton(ServerRequest request, SkeletonAnswer answer) {
        var members = new LinkedHashMap<String, Object>();
        members.put("spans", answer.count());
        members.put("sorted", answer.sorted());
        var response = headed(answer.freshness()).header(SPANS_HEADER, Long.toString(answer.count()));
        return streamed(
                request, response, answer.spans(), Optional.empty(), withFreshness(members, answer.freshness()));
    }

    private Mono<ServerResponse> streamed(
            ServerRequest request,
            ServerResponse.BodyBuilder response,
            HeldRows held,
            Optional<RowPreview> preview,
            Map<String, Object> after) {
        boolean lines = wantsLines(request);
        return response.contentType(lines ? JSON_LINES : MediaType.APPLICATION_JSON)
                .body(sent(held, (out, whole) -> {
                    var rows = preview.map(cut -> whole.map(cut::of)).orElse(whole);
                    var body = lines
                            ? RowDocument.lines(rows)
                            : RowDocument.json(afterRows(after)).of(rows);
                    return out.writeWith(buffers(body));
                }));
    }

    private static Map<String, Object> withFreshness(Map<String, Object> members, Freshness freshness) {
        members.put("freshness", FreshnessJson.of(freshness));
        return members;
    }

    public Mono<ServerResponse> row(ObjectRef object, RowAnswer answer) {
        var row = answer.row().orElseThrow(() -> ReadProblems.noSuchRow(object).refused());
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
        var members = new LinkedHashMap<String, Object>();
        members.put("rows", answer.counts().rows());
        members.put("traces", answer.counts().traces());
        return document(members, answer.freshness());
    }

    /** A small document whose last member says how fresh it is. */
    public Mono<ServerResponse> document(Map<String, Object> members, Freshness freshness) {
        return headed(freshness)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.writeValueAsBytes(withFreshness(new LinkedHashMap<>(members), freshness)));
    }

    /** Rows that are at hand. */
    public Mono<ServerResponse> rows(List<ByteSlice> rows, Map<String, Object> after, Freshness freshness) {
        var body = RowDocument.json(afterRows(withFreshness(new LinkedHashMap<>(after), freshness)))
                .of(Flux.fromIterable(rows));
        return headed(freshness).contentType(MediaType.APPLICATION_JSON).body((out, _) -> out.writeWith(buffers(body)));
    }

    /** How fresh, as a document has it. */
    public ByteSlice freshness(Freshness freshness) {
        return ByteSlice.of(json.writeValueAsBytes(FreshnessJson.of(freshness)));
    }

    private static ServerResponse.BodyBuilder headed(Freshness freshness) {
        var response = ServerResponse.ok();
        head(freshness).forEach(response::header);
        return response;
    }

    /** Headers of every answer. */
    static Map<String, String> head(Freshness freshness) {
        return Map.of(
                "cache-control",
                "no-store",
                "access-control-expose-headers",
                String.join(", ", HEADERS),
                FRESHNESS_HEADER,
                FreshnessJson.line(freshness));
    }

    /** The end of the document: {@code ],"cursor":…,"freshness":{…}}}. */
    private ByteSlice afterRows(Map<String, Object> members) {
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
