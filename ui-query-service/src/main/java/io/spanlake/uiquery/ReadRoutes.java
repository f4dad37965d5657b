package io.spanlake.uiquery;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.query.PlannedAnew;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.uiquery.answer.Answers;
import io.spanlake.uiquery.answer.ValueAnswers;
import io.spanlake.uiquery.request.ObjectRequests;
import java.util.function.BiFunction;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The way of a read: {@code who and what → may they → which rows → answer, streamed}. A client that leaves ends the work
 * at whatever step it is.
 */
final class ReadRoutes {
    private final ObjectRequests requests;
    private final ObjectReads reads;
    private final Answers answers;
    private final ValueAnswers values = new ValueAnswers();
    private final long pageBytes;

    ReadRoutes(ObjectRequests requests, ObjectReads reads, Answers answers, long pageBytes) {
        this.requests = requests;
        this.reads = reads;
        this.answers = answers;
        this.pageBytes = pageBytes;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET("/ui/objects/{type}/{id}/rows", this::page)
                .GET("/ui/objects/{type}/{id}/rows/{rowId}", this::row)
                .GET("/ui/objects/{type}/{id}/rows/{rowId}/value", this::value)
                .GET("/ui/objects/{type}/{id}/traces/{rootSpanId}", this::trace)
                .GET("/ui/objects/{type}/{id}/traces/{rootSpanId}/skeleton", this::skeleton)
                .GET("/ui/openapi.json", _ -> openApi())
                .build();
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        return read(request, (target, mode) -> {
            var page = ReadParameters.page(request, pageBytes);
            var preview = ReadParameters.preview(request);
            return reads.page(target, mode, page)
                    .flatMap(answer -> answers.rows(request, target.object().ref(), answer, preview));
        });
    }

    private Mono<ServerResponse> trace(ServerRequest request) {
        return read(request, (target, mode) -> {
            var preview = ReadParameters.preview(request);
            return reads.trace(target, mode, request.pathVariable("rootSpanId"))
                    .flatMap(answer -> answers.rows(request, target.object().ref(), answer, preview));
        });
    }

    private Mono<ServerResponse> skeleton(ServerRequest request) {
        return read(
                request,
                (target, mode) -> reads.skeleton(target, mode, request.pathVariable("rootSpanId"))
                        .flatMap(answer -> answers.skeleton(request, answer)));
    }

    private Mono<ServerResponse> row(ServerRequest request) {
        return read(
                request,
                (target, mode) -> reads.row(target, mode, request.pathVariable("rowId"))
                        .flatMap(answer -> answers.row(target.object().ref(), answer)));
    }

    private Mono<ServerResponse> value(ServerRequest request) {
        return read(request, (target, mode) -> {
            var steps = ReadParameters.path(request);
            boolean asText = ReadParameters.asText(request);
            return reads.row(target, mode, request.pathVariable("rowId"))
                    .flatMap(answer -> values.value(request, target.object().ref(), answer, steps, asText));
        });
    }

    private Mono<ServerResponse> read(
            ServerRequest request, BiFunction<ReadTarget, ReadMode, Mono<ServerResponse>> reading) {
        return requests.read(
                request, target -> PlannedAnew.once(() -> reading.apply(target, ReadParameters.mode(request))));
    }

    private static Mono<ServerResponse> openApi() {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new ClassPathResource("ui/openapi.json"));
    }
}
