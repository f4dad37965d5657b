package io.spanlake.queryservice.async;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.queryservice.answer.QueryProblems;
import io.spanlake.queryservice.run.QueryRequest;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /btql/async}, and then its state, its rows, and its end. */
public final class AsyncRoutes {
    private static final int ROWS_DEFAULT = 1_000;
    private static final int ROWS_MAX = 10_000;

    private final AsyncQueries queries;
    private final Function<ServerRequest, Mono<QueryRequest>> parser;

    public AsyncRoutes(AsyncQueries queries, Function<ServerRequest, Mono<QueryRequest>> parser) {
        this.queries = queries;
        this.parser = parser;
    }

    public RouterFunction<ServerResponse> routes() {
        return route().POST("/btql/async", this::start)
                .GET("/btql/async/{id}", request -> known(request).flatMap(query -> json(state(query))))
                .DELETE("/btql/async/{id}", this::cancel)
                .GET("/btql/async/{id}/result", request -> known(request).flatMap(query -> result(request, query)))
                .build();
    }

    private Mono<ServerResponse> start(ServerRequest request) {
        return Mono.defer(() -> {
                    var caller = Caller.of(request);
                    return parser.apply(request)
                            .flatMap(query -> queries.start(caller, query))
                            .flatMap(query -> json(state(query)));
                })
                .onErrorMap(QueryProblems::of);
    }

    private Mono<ServerResponse> cancel(ServerRequest request) {
        return known(request).doOnNext(AsyncQuery::cancel).flatMap(query -> json(state(query)));
    }

    private Mono<AsyncQuery> known(ServerRequest request) {
        return Mono.fromCallable(() -> uuid(request.pathVariable("id"))
                        .flatMap(id -> queries.find(Caller.of(request).organization(), id))
                        .orElseThrow(() -> Problem.of(
                                        404,
                                        "no-such-query",
                                        "There is no such query",
                                        "the query is not known here: it ended long ago, or its service began anew")
                                .refused()))
                .subscribeOn(queries.disk());
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Mono<ServerResponse> result(ServerRequest request, AsyncQuery query) {
        return Mono.fromCallable(() -> {
                    long from = number(request, "cursor", 0, Long.MAX_VALUE);
                    int rows = (int) number(request, "limit", ROWS_DEFAULT, ROWS_MAX);
                    // Asked for before the lines: whatever the state says of the end, its lines are there.
                    var members = new LinkedHashMap<>(state(query).fields());
                    var lines = query.result().lines(from, rows, queries.pageBytes());
                    members.put(
                            "rows",
                            new ArrayValue(lines.lines().stream()
                                    .<Value>map(line -> JsonValues.of(ByteSlice.of(line)))
                                    .toList()));
                    if (!query.status().ended() || lines.next() < query.result().bytes()) {
                        members.put("cursor", new TextValue(Long.toString(lines.next())));
                    }
                    return new ObjectValue(members);
                })
                .subscribeOn(queries.disk())
                .flatMap(AsyncRoutes::json);
    }

    private static long number(ServerRequest request, String name, long absent, long max) {
        var text = request.queryParam(name).filter(value -> !value.isEmpty());
        try {
            long number = text.map(Long::parseLong).orElse(absent);
            if (number >= 0) {
                return Math.min(number, max);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Problem.of(
                        400,
                        "bad-request",
                        "The request is not understood",
                        "%s is a whole number, as an answer before gave it".formatted(name))
                .refused();
    }

    private static ObjectValue state(AsyncQuery query) {
        var members = new LinkedHashMap<String, Value>();
        members.put("id", new TextValue(query.id().toString()));
        members.put("status", new TextValue(query.status().name().toLowerCase(Locale.ROOT)));
        query.error().ifPresent(error -> members.put("error", new TextValue(error)));
        query.progress()
                .ifPresent(progress -> members.put(
                        "progress",
                        new ObjectValue(Map.of(
                                "percent", new LongValue(progress.percent()),
                                "rows", new LongValue(progress.rowsRead()),
                                "bytes", new LongValue(progress.bytesRead())))));
        return new ObjectValue(members);
    }

    private static Mono<ServerResponse> json(ObjectValue value) {
        return ServerResponse.ok()
                .header("cache-control", "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JsonWriter.json(value));
    }
}
