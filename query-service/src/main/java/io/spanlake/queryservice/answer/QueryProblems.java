package io.spanlake.queryservice.answer;

import io.spanlake.catalog.CatalogUnavailableException;
import io.spanlake.query.OneFault;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What is wrong with a query, and what its reads were refused, as problems of HTTP. */
public final class QueryProblems {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private QueryProblems() {}

    /** What a query ended with, as its client is told; what is none of these stays what it is. */
    public static Throwable of(Throwable error) {
        var one = OneFault.of(error);
        return switch (one) {
            case QueryFaultException fault -> fault(fault);
            case ReadRefusedException refused -> refused(refused);
            case TimeoutException _ -> timeout();
            case CatalogUnavailableException _ -> catalogUnavailable();
            default -> one;
        };
    }

    private static RefusedException fault(QueryFaultException exception) {
        var fault = exception.fault();
        var problem = switch (fault.kind()) {
            case PARSE -> of(400, "query-syntax", "The query is not understood", fault, "btql_parse_error");
            case BIND -> of(400, "query-meaning", "The query means nothing", fault, "btql_bind_error");
            case CURSOR -> of(400, "bad-cursor", "The cursor is not of this query", fault, "btql_cursor_error");
            case RUN -> of(400, "query-failed", "The query cannot be computed", fault, "btql_run_error");
            case TOO_LARGE -> of(413, "query-too-large", "The query is too large", fault, "btql_too_large");
            case BUDGET -> of(413, "query-over-budget", "The query takes too much", fault, "btql_over_budget");
            case TIMEOUT -> of(504, "query-timeout", "The query took too long", fault, "btql_timeout");
            case FORBIDDEN -> of(403, "not-yours", "The object may not be read", fault, "forbidden");
        };
        return problem.refused();
    }

    private static Problem of(int status, String type, String title, QueryFault fault, String code) {
        return Problem.of(status, type, title, fault.sentence())
                .with("code", code)
                .with("error", error(fault));
    }

    private static Map<String, Object> error(QueryFault fault) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", fault.message());
        if (fault.place().known()) {
            error.put("line", fault.place().line());
            error.put("column", fault.place().column());
            error.put("offset", fault.place().offset());
        }
        if (!fault.expected().isEmpty()) {
            error.put("expected", fault.expected());
        }
        fault.hint().ifPresent(hint -> error.put("hint", hint));
        return error;
    }

    private static RefusedException refused(ReadRefusedException exception) {
        var detail = exception.refusal().detail();
        var problem = switch (exception.refusal()) {
            case ReadRefusal.BadCursor _ -> Problem.of(400, "bad-cursor", "The cursor is not of this query", detail);
            case ReadRefusal.LogLags _ ->
                Problem.of(504, "log-lags", "The write-ahead log lags behind", detail)
                        .retryAfter(SOON);
            case ReadRefusal.LogStopped _ ->
                Problem.of(503, "log-stopped", "The write-ahead log stands still", detail)
                        .retryAfter(LATER);
            case ReadRefusal.LogUnreachable _ ->
                Problem.of(503, "log-unreachable", "Kafka does not answer", detail)
                        .retryAfter(SOON);
            case ReadRefusal.TailTooLarge _ ->
                Problem.of(503, "tail-too-large", "The object is too large for this read", detail)
                        .retryAfter(LATER);
            case ReadRefusal.BlobUnreadable _ ->
                Problem.of(500, "blob-unreadable", "A stored blob cannot be read", detail);
            case ReadRefusal.StoreFailed _ ->
                Problem.of(503, "store-failed", "The blob store did not answer", detail)
                        .retryAfter(SOON);
            case ReadRefusal.Busy busy ->
                Problem.of(503, "busy", "Too many large reads at once", detail).retryAfter(busy.retryAfter());
        };
        return problem.refused();
    }

    private static RefusedException timeout() {
        return Problem.of(504, "query-timeout", "The query took too long", "the query took longer than it may")
                .with("code", "btql_timeout")
                .refused();
    }

    private static RefusedException catalogUnavailable() {
        return Problem.of(503, "catalog-unavailable", "The catalog does not answer", "PostgreSQL does not answer")
                .retryAfter(SOON)
                .refused();
    }
}
