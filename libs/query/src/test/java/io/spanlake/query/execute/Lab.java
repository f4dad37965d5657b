package io.spanlake.query.execute;

import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.Query;
import io.spanlake.query.parse.QueryJson;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.plan.Plan.Warning;
import io.spanlake.query.value.JsonValues;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import reactor.core.scheduler.Schedulers;

/** Runs queries over rows in memory, at noon of 2026-01-01. */
public final class Lab {
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    public record Result(List<ObjectValue> rows, Optional<String> cursor, List<Warning> warnings) {
        /** Each row as JSON. */
        public List<String> json() {
            return rows.stream().map(JsonWriter::json).toList();
        }

        /** One column. */
        public List<String> column(String name) {
            return rows.stream().map(row -> JsonWriter.json(row.get(name))).toList();
        }
    }

    public final MemoryRows rows = new MemoryRows();
    private final QueryTexts texts = new QueryTexts(QueryLimits.DEFAULT);
    private final QueryJson json = new QueryJson(texts, QueryLimits.DEFAULT);
    private QueryContext context = new QueryContext(NOON, 0, PriceTable.defaults());
    private EngineSettings settings = new EngineSettings(64 << 20, Duration.ofSeconds(20));
    private Map<String, Value> parameters = Map.of();

    public Lab minutesWest(int minutes) {
        context = new QueryContext(NOON, minutes, PriceTable.defaults());
        return this;
    }

    public Lab settings(EngineSettings changed) {
        settings = changed;
        return this;
    }

    public Lab parameters(Map<String, Value> given) {
        parameters = given;
        return this;
    }

    public Query parsed(String query) {
        return query.startsWith("{")
                ? json.query((ObjectValue) JsonValues.parse(query).orElseThrow())
                : texts.query(query);
    }

    public Result run(String query) {
        var binding = new BindSettings(context, 1_000, 1_000, 10_000, parameters);
        var plan = new Binder(binding).bind(parsed(query));
        return Objects.requireNonNull(new QueryEngine(Schedulers.immediate())
                .run(plan, rows, context, settings)
                .flatMap(answer -> answer.rows()
                        .collectList()
                        .map(all -> new Result(
                                all, answer.cursor().get(), answer.warnings().get())))
                .block(Duration.ofSeconds(60)));
    }

    /** Rows as JSON, one a line. */
    public String lines(String query) {
        return String.join("\n", run(query).json());
    }
}
