package io.spanlake.service.health;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Components of the health endpoint have plain names. The endpoint breaks at a name with an encoded slash, and its path is
 * open to everybody.
 */
final class HealthPaths implements WebFilter {
    private static final String COMPONENTS = "/actuator/health/";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().value();
        return path.startsWith(COMPONENTS) && path.indexOf('%') >= 0
                ? Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND))
                : chain.filter(exchange);
    }
}
