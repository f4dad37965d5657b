package io.spanlake.service.errors;

import java.util.stream.Collectors;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.Exceptions;

/**
 * Turns what went wrong into a problem. Pure. The framework's own messages are not passed on, for some of them quote
 * what the client sent.
 */
final class FrameworkProblems {
    private FrameworkProblems() {}

    static Problem of(Throwable error, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var place = request.getMethod() + " " + request.getPath().value();
        return switch (refusalOf(error)) {
            case RefusedException refused -> refused.problem();
            case MethodNotAllowedException wrong ->
                Problem.of(
                        405, "method-not-allowed", "Method not allowed", place + " is not served; " + allowed(wrong));
            case UnsupportedMediaTypeStatusException ignored ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "Unsupported media type",
                        place + " does not take the content type that was sent");
            case NotAcceptableStatusException ignored ->
                Problem.of(406, "not-acceptable", "Not acceptable", place + " has no form that the client accepts");
            case ServerWebInputException ignored ->
                Problem.of(400, "unreadable-request", "Unreadable request", place + ": the request cannot be read");
            case DataBufferLimitException ignored ->
                Problem.of(413, "body-too-large", "Body too large", place + ": the body is above what is taken here");
            case ErrorResponse answer -> answer.getStatusCode().isError() ? ofStatus(answer, place) : internal();
            default -> internal();
        };
    }

    private static Problem ofStatus(ErrorResponse answer, String place) {
        int status = answer.getStatusCode().value();
        if (status == 404) {
            return Problem.of(404, "not-found", "Not found", "nothing is served at " + place);
        }
        var known = HttpStatus.resolve(status);
        var title = known == null ? "Refused" : known.getReasonPhrase();
        return Problem.of(status, "http-" + status, title, place + " was refused: " + title);
    }

    static Problem internal() {
        return Problem.of(
                500,
                "internal-error",
                "Internal error",
                "the request failed for a reason that is not the client's; the trace id finds it in the log");
    }

    /** The refusal inside an error, where a library has wrapped it; else the error. */
    private static Throwable refusalOf(Throwable error) {
        var unwrapped = Exceptions.unwrap(error);
        for (Throwable cause = unwrapped; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException) {
                return cause;
            }
        }
        return unwrapped;
    }

    private static String allowed(MethodNotAllowedException wrong) {
        var methods = wrong.getSupportedMethods().stream()
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return methods.isEmpty() ? "no method is" : "allowed: " + methods;
    }
}
