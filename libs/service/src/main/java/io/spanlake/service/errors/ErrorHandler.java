package io.spanlake.service.errors;

import io.spanlake.service.trace.TraceIds;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
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

    ErrorHandler(ProblemWriter writer) {
        this.writer = writer;
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
        return writer.write(exchange, problem);
    }

    private static void logOnce(ServerWebExchange exchange, Throwable error) {
        var request = exchange.getRequest();
        var trace = PayloadFreeTrace.of(error);
        TraceIds.logging(
                exchange,
                () -> log.error(
                        "{} {} failed: {}",
                        request.getMethod(),
                        request.getPath().value(),
                        trace));
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
