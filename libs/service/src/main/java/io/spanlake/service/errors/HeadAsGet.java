package io.spanlake.service.errors;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Routes know no {@code HEAD}: it is a {@code GET} whose body the server leaves out. */
final class HeadAsGet implements WebFilter, Ordered {
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getRequest().getMethod().equals(HttpMethod.HEAD)
                ? chain.filter(exchange.mutate()
                        .request(request -> request.method(HttpMethod.GET))
                        .build())
                : chain.filter(exchange);
    }
}
