package io.spanlake.service.errors;

import io.spanlake.service.trace.TraceIds;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** The one place where an error becomes an answer. Refusals are answered; what is unknown is logged once, too. */
final class ErrorHandler implements WebExceptionHandler, Ordered {
    /** Ahead of Spring Boot's own at -1. */
    static final int ORDER = -2;

    private static final Logger log = LoggerFactory.getLogger(ErrorHandler.class);

    private final ProblemWriter writer;
    private final ServedMethods served;

    ErrorHandler(ProblemWriter writer, ServedMethods served) {
        this.writer = writer;
        this.served = served;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (clientLeft(error)) {
            log.debug("the client left");
            return exchange.getResponse().isCommitted()
                    ? Mono.error(new AnswerCutOff())
                    : exchange.getResponse().setComplete();
        }
        var problem = FrameworkProblems.of(error, exchange);
        if (problem.type().equals("internal-error")) {
            problem = problem.with("trace_id", TraceIds.of(exchange));
            logOnce(exchange, error);
        }
        if (exchange.getResponse().isCommitted()) {
            // Headers are out; cutting the connection is the only way left to say that the body is not whole.
            return Mono.error(new AnswerCutOff());
        }
        if (error instanceof ErrorResponse answer) {
            exchange.getResponse().getHeaders().putAll(answer.getHeaders());
        }
        return nothingServes(error) ? answerUnserved(exchange, problem) : writer.write(exchange, problem);
    }

    /** The framework's own word for a path and method that no handler has. */
    private static boolean nothingServes(Throwable error) {
        return error instanceof ResponseStatusException answer
                && !(error instanceof RefusedException)
                && answer.getStatusCode().value() == HttpStatus.NOT_FOUND.value();
    }

    private Mono<Void> answerUnserved(ServerWebExchange exchange, Problem notFound) {
        return served.of(exchange)
                .filter(methods -> !methods.isEmpty())
                .map(methods -> methodNotAllowed(exchange, methods))
                .defaultIfEmpty(notFound)
                .flatMap(problem -> writer.write(exchange, problem));
    }

    private static Problem methodNotAllowed(ServerWebExchange exchange, List<HttpMethod> methods) {
        exchange.getResponse().getHeaders().setAllow(new LinkedHashSet<>(methods));
        return FrameworkProblems.of(
                new MethodNotAllowedException(exchange.getRequest().getMethod(), methods), exchange);
    }

    private static void logOnce(ServerWebExchange exchange, Throwable error) {
        var request = exchange.getRequest();
        var trace = PayloadFreeTrace.of(error);
        TraceIds.logging(exchange, () -> log.error("{} {} failed: {}", request.getMethod(), place(exchange), trace));
    }

    /** The route, not the path: a path may hold a row's id, or an upload's token. */
    private static String place(ServerWebExchange exchange) {
        Object route = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
        return route == null ? "(no route)" : route.toString();
    }

    private static boolean clientLeft(Throwable error) {
        return error instanceof AbortedException
                || (error instanceof IOException
                        && String.valueOf(error.getMessage()).contains("Connection reset"));
    }

    /** Says to the server that the answer ends here, and to its log nothing of why. */
    private static final class AnswerCutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnswerCutOff() {
            super("the answer was cut off", null, false, false);
        }
    }
}
