package io.spanlake.simulation.node;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import io.spanlake.query.bind.BindSettings;
import io.spanlake.query.bind.Binder;
import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.execute.RowSource;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.execute.SourceRow;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.value.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Queries with conditions that only the folded row can meet: one half comes with the row, the other with a patch. */
public final class Questions {
    public static final List<String> ALL = List.of(
            "select id from $ where metadata.k0 = # and scores.q > 0.0 order by id",
            "select id, metadata from $ where metadata.k1 = # order by id",
            "select id from $ where input match 'text' and metadata.k1 is not null order by id",
            "select count(*) as n, max(scores.q) as q from $ where metadata.k0 <> #",
            "select root_span_id, count(*) as n from $ where output is not null group by root_span_id order by root_span_id");

    private final RandomGenerator random;
    private final List<String> queries;

    Questions(RandomGenerator random, List<String> queries) {
        this.random = random;
        this.queries = queries;
    }

    String next(ObjectRef object) {
        return queries.get(random.nextInt(queries.size()))
                .replace("$", "project_logs('%s')".formatted(object.id()))
                .replace("#", Integer.toString(random.nextInt(3)));
    }

    static List<String> answer(String query, RowView rows) {
        var context = new QueryContext(Instant.EPOCH, 0, PriceTable.defaults());
        var plan = new Binder(new BindSettings(context, 1_000, 1_000, 10_000, Map.of()))
                .bind(new QueryTexts(QueryLimits.DEFAULT).query(query));
        RowSource source = _ -> Mono.just(List.of(rows));
        return Objects.requireNonNull(new QueryEngine(Schedulers.immediate())
                .run(plan, source, context, new EngineSettings(64 << 20, Duration.ofHours(1)))
                .flatMap(answer -> answer.rows().map(JsonWriter::json).collectList())
                .block());
    }

    /** All of the rows, whatever a query hints at. */
    static RowView over(ObjectRef object, List<SourceRow> oldestFirst) {
        return new RowView() {
            @Override
            public ObjectRef object() {
                return object;
            }

            @Override
            public Flux<SourceRow> scan(ScanRequest request) {
                return Flux.fromIterable(
                        request.order() == Plan.Order.NEWEST_FIRST ? oldestFirst.reversed() : oldestFirst);
            }

            @Override
            public Optional<TransactionId> closed() {
                return Optional.empty();
            }
        };
    }
}
