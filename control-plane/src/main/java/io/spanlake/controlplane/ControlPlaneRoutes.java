package io.spanlake.controlplane;

import io.spanlake.catalog.CatalogUnavailableException;
import io.spanlake.service.auth.Caller;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The paths of the control plane: from a request to the answer of whoever keeps what it is about. */
final class ControlPlaneRoutes {
    private final Login login;
    private final Projects projects;
    private final ProjectRetention retention;
    private final Experiments experiments;
    private final Datasets datasets;
    private final RowErasures erasures;

    ControlPlaneRoutes(
            Login login,
            Projects projects,
            ProjectRetention retention,
            Experiments experiments,
            Datasets datasets,
            RowErasures erasures) {
        this.login = login;
        this.projects = projects;
        this.retention = retention;
        this.experiments = experiments;
        this.datasets = datasets;
        this.erasures = erasures;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/api/apikey/login", this::logIn)
                .POST("/api/project/register", answering(projects::register))
                .GET("/api/project", this::findProject)
                // The same two by the paths that the SDK for Python takes.
                .POST("/v1/project", answering(projects::create))
                .GET("/v1/project/{id}", this::projectById)
                .GET("/v1/project/{id}/retention", this::retention)
                .PUT("/v1/project/{id}/retention", this::setRetention)
                .DELETE("/v1/project/{id}/retention", this::keepForEver)
                .POST("/api/experiment/register", answering(experiments::register))
                .POST("/api/experiment/get", answering(experiments::find))
                .POST("/api/base_experiment/get_id", answering(experiments::baseOf))
                .POST("/api/dataset/register", answering(datasets::register))
                .POST("/v1/erasures", answering(erasures::ask))
                .GET("/v1/erasures", this::erasures)
                .onError(
                        CatalogUnavailableException.class,
                        (silent, request) -> Mono.error(ControlPlaneProblems.catalogUnavailable()))
                .build();
    }

    /** What a path does with a body: the caller is known by then. */
    @FunctionalInterface
    private interface Work {
        Mono<?> answer(Caller caller, RequestFields fields);
    }

    /** The client sends no body that counts. */
    private Mono<ServerResponse> logIn(ServerRequest request) {
        return json(login.answer(Caller.of(request), request.uri()));
    }

    private Mono<ServerResponse> findProject(ServerRequest request) {
        return projects.find(Caller.of(request), given(request, "id"), given(request, "project_name"))
                .flatMap(ControlPlaneRoutes::json);
    }

    private Mono<ServerResponse> projectById(ServerRequest request) {
        return projects.find(Caller.of(request), Optional.of(request.pathVariable("id")), Optional.empty())
                .flatMap(ControlPlaneRoutes::json);
    }

    private Mono<ServerResponse> retention(ServerRequest request) {
        return retention.find(Caller.of(request), request.pathVariable("id")).flatMap(ControlPlaneRoutes::json);
    }

    private Mono<ServerResponse> setRetention(ServerRequest request) {
        var project = request.pathVariable("id");
        return answering((caller, fields) -> retention.set(caller, project, fields))
                .handle(request);
    }

    private Mono<ServerResponse> keepForEver(ServerRequest request) {
        return retention
                .keepForEver(Caller.of(request), request.pathVariable("id"))
                .flatMap(ControlPlaneRoutes::json);
    }

    private Mono<ServerResponse> erasures(ServerRequest request) {
        return erasures.open(Caller.of(request), given(request, "object_type"), given(request, "object_id"))
                .flatMap(ControlPlaneRoutes::json);
    }

    private static HandlerFunction<ServerResponse> answering(Work work) {
        return request -> {
            var caller = Caller.of(request);
            return RequestFields.of(request)
                    .flatMap(fields -> work.answer(caller, fields))
                    .flatMap(ControlPlaneRoutes::json);
        };
    }

    private static Optional<String> given(ServerRequest request, String parameter) {
        return request.queryParam(parameter).filter(value -> !value.isEmpty());
    }

    private static Mono<ServerResponse> json(Object answer) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(answer);
    }
}
