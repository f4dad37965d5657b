package io.spanlake.queryservice.run;

import io.spanlake.model.TransactionId;
import io.spanlake.query.parse.ExplainMode;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.QueryJson;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.parse.QueryTexts.Explained;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.LongValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.NumberValue;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.queryservice.source.ReadWish;
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
 * @param explain     whether rows are asked for, or how they are found
 * @param minutesWest of UTC, for days and the like
 * @param wish        which rows are read, and whether they wait for all that was acknowledged before
 * @param strictLint  whether a warning refuses the query
 * @param stream      whether all rows are to come as they are found, instead of a page of them
 * @param project     for sources and names that need one
 */
public record QueryRequest(
        Query query,
        ExplainMode explain,
        Optional<String> format,
        int minutesWest,
        ReadWish wish,
        boolean strictLint,
        boolean stream,
        Optional<Duration> time,
        Optional<String> project,
        Map<String, Value> parameters) {
    private static final QueryTexts TEXTS = new QueryTexts(QueryLimits.DEFAULT);
    private static final QueryJson JSON = new QueryJson(TEXTS, QueryLimits.DEFAULT);

    /** @throws RefusedException where the body is no request; {@code QueryFaultException} where the query is none */
    public static QueryRequest parse(String body) {
        var value = JsonValues.parse(body).orElseThrow(() -> bad("the body is no JSON, or is deeper than 500 levels"));
        if (!(value instanceof ObjectValue request)) {
            throw bad("the body is a JSON object with the member query");
        }
        var explained = explained(request);
        return new QueryRequest(
                explained.query(),
                explain(request).orElse(explained.mode()),
                text(request, "fmt"),
                minutes(request.get("tz_offset")),
                wish(request),
                request.get("strict_lint_mode") == BooleanValue.TRUE
                        || text(request, "lint_mode").filter("strict"::equals).isPresent(),
                request.get("stream") == BooleanValue.TRUE,
                time(request.get("query_timeout_seconds")),
                text(request, "project_id"),
                parameters(request.get("params")));
    }

    private static Explained explained(ObjectValue request) {
        return switch (request.get("query")) {
            case TextValue(var text) -> {
                var explained = TEXTS.explained(text);
                yield new Explained(explained.mode(), withPage(explained.query(), request));
            }
            case ObjectValue json -> new Explained(ExplainMode.NONE, JSON.query(withPage(json, request)));
            default -> throw bad("query is a text, or a query as JSON");
        };
    }

    private static Optional<ExplainMode> explain(ObjectValue request) {
        return switch (request.get("explain")) {
            case BooleanValue flag -> flag.isTrue() ? Optional.of(ExplainMode.PLAN) : Optional.empty();
            case TextValue(var text) when text.equals("analyze") -> Optional.of(ExplainMode.ANALYZE);
            case NullValue _ -> Optional.empty();
            default -> throw bad("explain is true or \"analyze\"");
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

    private static ReadWish wish(ObjectValue request) {
        var mode = request.get("brainstore_realtime") == BooleanValue.FALSE ? ReadMode.NEWEST : ReadMode.STRICT;
        return new ReadWish(mode, version(request.get("version")), request.get("audit_log") == BooleanValue.TRUE);
    }

    private static Optional<TransactionId> version(Value value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        try {
            if (value instanceof TextValue(var text)) {
                return Optional.of(TransactionId.parse(text));
            }
            if (value instanceof LongValue(var number)) {
                return Optional.of(TransactionId.parse(Long.toString(number)));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw bad("version is the _xact_id of a transaction, as a text");
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
