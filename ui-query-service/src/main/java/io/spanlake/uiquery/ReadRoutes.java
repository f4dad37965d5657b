package io.spanlake.uiquery;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.spanlake.catalog.CatalogUnavailableException;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.tail.TailObject;
import io.spanlake.service.auth.Caller;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.uiquery.answer.Answers;
import io.spanlake.uiquery.answer.ReadProblems;
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
    private final ObjectAccess access;
    private final ObjectReads reads;
    private final Answers answers;
    private final long pageBytes;

    ReadRoutes(ObjectAccess access, ObjectReads reads, Answers answers, long pageBytes) {
        this.access = access;
        this.reads = reads;
        this.answers = answers;
        this.pageBytes = pageBytes;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET("/ui/objects/{type}/{id}/rows", this::page)
                .GET("/ui/objects/{type}/{id}/rows/{rowId}", this::row)
                .GET("/ui/objects/{type}/{id}/traces/{rootSpanId}", this::trace)
                .GET("/ui/objects/{type}/{id}/counts", this::counts)
                .GET("/ui/openapi.json", _ -> openApi())
                .build();
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        return read(request, (target, mode) -> {
            var page = ReadParameters.page(request, pageBytes);
            return reads.page(target, mode, page)
                    .flatMap(answer -> answers.rows(request, target.object().ref(), answer));
        });
    }

    private Mono<ServerResponse> trace(ServerRequest request) {
        return read(
                request,
                (target, mode) -> reads.trace(target, mode, request.pathVariable("rootSpanId"))
                        .flatMap(answer -> answers.rows(request, target.object().ref(), answer)));
    }

    private Mono<ServerResponse> row(ServerRequest request) {
        return read(
                request,
                (target, mode) -> reads.row(target, mode, request.pathVariable("rowId"))
                        .flatMap(answer -> answers.row(target.object().ref(), answer)));
    }

    private Mono<ServerResponse> counts(ServerRequest request) {
        return read(request, (target, mode) -> reads.counts(target, mode).flatMap(answers::counts));
    }

    private Mono<ServerResponse> read(
            ServerRequest request, BiFunction<ReadTarget, ReadMode, Mono<ServerResponse>> reading) {
        return Mono.defer(() -> {
                    var caller = Caller.of(request);
                    var object = ReadParameters.object(request);
                    var mode = ReadParameters.mode(request);
                    return target(caller, object).flatMap(target -> reading.apply(target, mode));
                })
                .onErrorMap(ReadRefusedException.class, ReadProblems::refused)
                .onErrorMap(CatalogUnavailableException.class, _ -> ReadProblems.catalogUnavailable());
    }

    private Mono<ReadTarget> target(Caller caller, ObjectRef object) {
        return access.require(caller, object)
                .map(owner -> new ReadTarget(new TailObject(owner.organization(), object), owner.project()));
    }

    private static Mono<ServerResponse> openApi() {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new ClassPathResource("ui/openapi.json"));
    }
}
