package io.spanlake.service.trace;

import java.util.random.RandomGenerator;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives each request its trace id before anything else sees it. */
final class TraceFilter implements WebFilter, Ordered {
    /** SDKs print the value of this header when a request fails. */
    static final String ANSWER_HEADER = "x-bt-internal-trace-id";

    private final RandomGenerator random;

    TraceFilter(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var sent = exchange.getRequest().getHeaders().getFirst("traceparent");
        var traceId = TraceIds.ofTraceparent(sent).orElseGet(() -> TraceIds.fresh(random));
        TraceIds.give(exchange, traceId);
        exchange.getResponse().getHeaders().set(ANSWER_HEADER, traceId);
        return chain.filter(exchange).contextWrite(context -> context.put(TraceIds.KEY, traceId));
    }
}
