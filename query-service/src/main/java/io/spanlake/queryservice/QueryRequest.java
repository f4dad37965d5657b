package io.spanlake.queryservice;

import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.QueryJson;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param minutesWest of UTC, for days and the like
 * @param strict      whether the answer waits for all that was acknowledged before
 * @param strictLint  whether a warning refuses the query
 * @param project     for sources and names that need one
 */
record QueryRequest(
        Query query,
        Optional<String> format,
        int minutesWest,
        boolean strict,
        boolean strictLint,
        Optional<Duration> time,
        Optional<String> project,
        Map<String, Value> parameters) {
    private static final QueryTexts TEXTS = new QueryTexts(QueryLimits.DEFAULT);
    private static final QueryJson JSON = new QueryJson(TEXTS, QueryLimits.DEFAULT);

    /** @throws RefusedException where the body is no request; {@code QueryFaultException} where the query is none */
    static QueryRequest parse(String body) {
        var value = JsonValues.parse(body).orElseThrow(() -> bad("the body is no JSON, or is deeper than 500 levels"));
        if (!(value instanceof ObjectValue request)) {
            throw bad("the body is a JSON object with the member query");
        }
        unsupported(request);
        return new QueryRequest(
                query(request),
                text(request, "fmt"),
                minutes(request.get("tz_offset")),
                request.get("brainstore_realtime") != BooleanValue.FALSE,
                request.get("strict_lint_mode") == BooleanValue.TRUE
                        || text(request, "lint_mode").filter("strict"::equals).isPresent(),
                time(request.get("query_timeout_seconds")),
                text(request, "project_id"),
                parameters(request.get("params")));
    }

    private static Query query(ObjectValue request) {
        return switch (request.get("query")) {
            case TextValue(var text) -> withPage(TEXTS.query(text), request);
            case ObjectValue json -> JSON.query(withPage(json, request));
            default -> throw bad("query is a text, or a query as JSON");
        };
    }

    /** A cursor or limit beside the query counts where the query has none. */
    private static ObjectValue withPage(ObjectValue query, ObjectValue request) {
        var whole = query;
        for (var key : new String[] {"cursor", "limit"}) {
            if (whole.get(key).isNull() && !request.get(key).isNull()) {
                whole = whole.with(key, request.get(key));
            }
        }
        return whole;
    }

    private static Query withPage(Query query, ObjectValue request) {
        return query.cursor().isEmpty() && request.get("cursor") instanceof TextValue(var cursor) && !cursor.isEmpty()
                ? query.withCursor(cursor)
                : query;
    }

    private static void unsupported(ObjectValue request) {
        if (!request.get("version").isNull()) {
            throw bad("version: reads as of a transaction are not supported yet");
        }
        if (request.get("audit_log") == BooleanValue.TRUE) {
            throw bad("audit_log: reads of single writes are not supported yet");
        }
        if (request.get("explain") == BooleanValue.TRUE) {
            throw bad("explain is not supported yet");
        }
    }

    private static Optional<String> text(ObjectValue request, String key) {
        return request.get(key) instanceof TextValue(var text) && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    private static int minutes(Value value) {
        if (value.isNull()) {
            return 0;
        }
        if (value instanceof LongValue(var minutes) && Math.abs(minutes) <= 1_080) {
            return (int) minutes;
        }
        throw bad("tz_offset is a number of minutes from -1080 to 1080");
    }

    private static Optional<Duration> time(Value value) {
        return value instanceof NumberValue number
                        && number.decimal().signum() > 0
                        && number.decimal().compareTo(BigDecimal.valueOf(86_400)) < 0
                ? Optional.of(Duration.ofMillis(
                        Math.max(1, number.decimal().movePointRight(3).longValue())))
                : Optional.empty();
    }

    private static Map<String, Value> parameters(Value value) {
        var parameters = new HashMap<String, Value>();
        switch (value) {
            case ObjectValue(var fields) -> parameters.putAll(fields);
            case ArrayValue(var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    parameters.put(Integer.toString(i + 1), items.get(i));
                }
            }
            default -> {
                if (!value.isNull()) {
                    throw bad("params is an object of values by name, or a list");
                }
            }
        }
        return parameters;
    }

    static RefusedException bad(String detail) {
        return Problem.of(400, "bad-request", "The request is not understood", detail)
                .refused();
    }
}
