package io.spanlake.uiquery.answer;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.json.JsonObjectFields;
import io.spanlake.model.json.JsonText;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.JsonPlaces;
import io.spanlake.query.read.RowAnswer;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One value of a row, whole or a stretch of its bytes. The tag of an answer is the row's newest write. */
public final class ValueAnswers {
    static final String TYPE_HEADER = "x-spanlake-value-type";
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final DataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;

    /**
     * @param steps  to the value; none for the row
     * @param asText whether a string is wanted as its text rather than as JSON
     */
    public Mono<ServerResponse> value(
            ServerRequest request, ObjectRef object, RowAnswer answer, List<Step> steps, boolean asText) {
        var row = answer.row().orElseThrow(() -> ReadProblems.noSuchRow(object).refused());
        // What the value is decides the headers, so it is sent by hand once the row is there.
        return ServerResponse.ok()
                .build((exchange, context) -> send(exchange.getResponse(), request, answer, row, steps, asText));
    }

    private Mono<Void> send(
            ServerHttpResponse response,
            ServerRequest request,
            RowAnswer answer,
            HeldRows row,
            List<Step> steps,
            boolean asText) {
        return row.sentBy(rows -> rows.single().flatMap(json -> {
                    var found = JsonPlaces.at(json, steps).orElseThrow(ValueAnswers::nothingThere);
                    boolean text = asText && found.at(0) == '"';
                    var bytes =
                            text ? ByteSlice.of(JsonText.decodeString(found).getBytes(StandardCharsets.UTF_8)) : found;
                    var range = ValueRange.of(
                            request.headers().header(HttpHeaders.RANGE).stream().findFirst(), bytes.length());
                    var headers = response.getHeaders();
                    Answers.head(answer.freshness()).forEach(headers::set);
                    headers.setContentType(text ? TEXT : MediaType.APPLICATION_JSON);
                    headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
                    headers.set(TYPE_HEADER, type(found));
                    tag(json).ifPresent(headers::setETag);
                    var part = range.map(one -> bytes.slice(one.first(), one.count()))
                            .orElse(bytes);
                    range.ifPresent(one -> {
                        response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
                        headers.set(HttpHeaders.CONTENT_RANGE, one.header());
                    });
                    headers.setContentLength(part.length());
                    return response.writeWith(pieces(part));
                }))
                .onErrorMap(ReadRefusedException.class, ReadProblems::refused);
    }

    private Flux<DataBuffer> pieces(ByteSlice bytes) {
        return RowDocument.pieces(bytes).map(piece -> buffers.wrap(piece.toByteBuffer()));
    }

    private static Optional<String> tag(ByteSlice row) {
        return JsonObjectFields.valueOf(row, "_xact_id").map(ByteSlice::toUtf8);
    }

    private static RuntimeException nothingThere() {
        return Problem.of(404, "no-such-value", "Nothing is there", "the row has no value at this path")
                .refused();
    }

    private static String type(ByteSlice json) {
        return switch (json.at(0)) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "boolean";
            default -> "number";
        };
    }
}
