package io.spanlake.service.errors;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells a path that nobody serves from one that was asked for in the wrong way: asks the routes about other methods. */
final class ServedMethods {
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.DELETE, HttpMethod.GET, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.PUT);

    private final Supplier<List<RouterFunction<?>>> routes;

    ServedMethods(Supplier<List<RouterFunction<?>>> routes) {
        this.routes = routes;
    }

    /** Of the path of the request; empty where nothing is served there. {@code HEAD} goes where {@code GET} does. */
    Mono<List<HttpMethod>> of(ServerWebExchange exchange) {
        return Flux.fromIterable(METHODS)
                .filterWhen(method -> serves(exchange, method))
                .concatMapIterable(
                        method -> method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method))
                .collectList();
    }

    private Mono<Boolean> serves(ServerWebExchange exchange, HttpMethod method) {
        var asked = exchange.mutate().request(request -> request.method(method)).build();
        return Flux.fromIterable(routes.get())
                .concatMap(route -> route.route(ServerRequest.create(asked, List.of())))
                .hasElements();
    }
}
