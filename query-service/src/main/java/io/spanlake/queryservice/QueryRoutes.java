package io.spanlake.queryservice;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.catalog.CatalogUnavailableException;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.queryservice.answer.QueryProblems;
import io.spanlake.queryservice.answer.Responses;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.errors.Problem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The way of a query: {@code who → what → parse and plan → may they → run → answer}. A client that leaves ends the work at
 * whatever step it is.
 */
final class QueryRoutes {
    private final QueryRuns runs;
    private final QueryProperties properties;
    private final Scheduler work;

    QueryRoutes(QueryRuns runs, QueryProperties properties, Scheduler work) {
        this.runs = runs;
        this.properties = properties;
        this.work = work;
    }

    RouterFunction<ServerResponse> routes() {
        return route().POST("/btql", this::query).POST("/sql", this::query).build();
    }

    private Mono<ServerResponse> query(ServerRequest request) {
        return Mono.defer(() -> {
                    var caller = Caller.of(request);
                    return body(request)
                            .publishOn(work)
                            .map(QueryRequest::parse)
                            .flatMap(query -> runs.page(caller, query)
                                    .flatMap(page -> Responses.of(request, query.format(), page)));
                })
                .onErrorMap(QueryFaultException.class, QueryProblems::fault)
                .onErrorMap(ReadRefusedException.class, QueryProblems::refused)
                .onErrorMap(TimeoutException.class, _ -> QueryProblems.timeout())
                .onErrorMap(CatalogUnavailableException.class, _ -> QueryProblems.catalogUnavailable());
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
