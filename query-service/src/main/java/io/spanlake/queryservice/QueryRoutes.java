package io.spanlake.queryservice;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.query.execute.Progress;
import io.spanlake.queryservice.answer.QueryProblems;
import io.spanlake.queryservice.answer.Responses;
import io.spanlake.queryservice.async.AsyncQueries;
import io.spanlake.queryservice.async.AsyncRoutes;
import io.spanlake.queryservice.run.QueryRequest;
import io.spanlake.queryservice.run.QueryRuns;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The way of a query: {@code who → what → parse and plan → may they → run → answer}. A client that leaves ends the work at
 * whatever step it is.
 */
final class QueryRoutes {
    private final QueryRuns runs;
    private final AsyncQueries async;
    private final QueryProperties properties;
    private final QuerySchedulers schedulers;

    QueryRoutes(QueryRuns runs, AsyncQueries async, QueryProperties properties, QuerySchedulers schedulers) {
        this.runs = runs;
        this.async = async;
        this.properties = properties;
        this.schedulers = schedulers;
    }

    RouterFunction<ServerResponse> routes() {
        return route().POST("/btql", this::query)
                .POST("/sql", this::query)
                .add(new AsyncRoutes(async, this::parsed).routes())
                .build();
    }

    private Mono<ServerResponse> query(ServerRequest request) {
        return Mono.defer(() -> {
                    var caller = Caller.of(request);
                    return parsed(request).flatMap(query -> answer(request, caller, query));
                })
                .onErrorMap(QueryProblems::of);
    }

    private Mono<QueryRequest> parsed(ServerRequest request) {
        return body(request).publishOn(schedulers.work()).map(QueryRequest::parse);
    }

    private Mono<ServerResponse> answer(ServerRequest request, Caller caller, QueryRequest query) {
        if (Responses.wantsEvents(request)) {
            var progress = new AtomicReference<Optional<Progress>>(Optional.empty());
            var page = runs.page(caller, query, begun -> progress.set(Optional.of(begun)))
                    .onErrorMap(QueryProblems::of);
            return Responses.events(page, () -> Objects.requireNonNull(progress.get()), schedulers.timer());
        }
        if (query.stream()) {
            var lines = runs.lines(caller, query, runs.limits(), Responses.lines(query.format()), _ -> {})
                    .onErrorMap(QueryProblems::of);
            return Responses.lines(query.format(), lines);
        }
        return runs.page(caller, query, _ -> {}).flatMap(page -> Responses.page(request, query.format(), page));
    }

    private Mono<String> body(ServerRequest request) {
        int max = Math.toIntExact(properties.requestBytes().toBytes());
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), max)
                .map(buffer -> {
                    try {
                        return buffer.toString(StandardCharsets.UTF_8);
                    } finally {
                        DataBufferUtils.release(buffer);
                    }
                })
                .defaultIfEmpty("")
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> Problem.of(
                                        413,
                                        "query-too-large",
                                        "The query is too large",
                                        "a request has at most %d bytes".formatted(max))
                                .refused());
    }
}
