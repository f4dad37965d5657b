package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.parse.QueryLimits;
import io.spanlake.query.parse.QueryTexts;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.value.JsonWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Queries over every layout, whatever indexes leave out, answer as the same queries over a fold of all writes do. */
class QueryInvarianceTest {
    private static final int STEPS = 24;
    private static final int RANDOM_QUERIES = 300;
    private static final int RANDOM_QUERIES_A_STEP = 50;
    private static final int CONDITIONS_A_STEP = 20;
    private static final long VIEW_BYTES = 64 << 20;
    private static final List<String> QUERIES = List.of(
            "select id, metadata, input, comments from $ order by id",
            "select id from $ where metadata.k0 = # order by id",
            "select id from $ where metadata.k1 > # order by id",
            "select id from $ where metadata.k2 <= # order by id",
            "select id from $ where metadata.k1 is null order by id",
            "select id from $ where metadata.k1 is not null and not (metadata.k0 > #) order by id",
            "select id from $ where input = 'text #' or metadata.k0 < # order by id",
            "select id, input from $ where input like '%xt 7%' order by id",
            "select id from $ where input ilike 'TEXT %2' order by id",
            "select id from $ where metadata like '%k1%' order by id",
            "select id from $ where metadata like '%:#}%' or metadata like '%7%' order by id",
            "select id from $ where input match 'text' order by id desc limit 3",
            "select id from $ where input match '\"text #\"' order by id",
            "select id from $ where created > '2026-03-01T12:00:20Z' and created < '2027-01-01T00:00:00Z' order by id",
            "select id from $ where created > '+1000000-01-01T00:00:00Z' or created < '-1000000-01-01T00:00:00Z'",
            "select id from $ where root_span_id = 't1' order by id",
            "select id from $ where id in ('r1', 'r5', 'nobody') order by id",
            "select id from $ where span_id = 'r2' or root_span_id = 'r3' order by id",
            "select id, metrics.start from $ where metrics.start > 1770000500 order by metrics.start desc, id limit 4",
            "select id from $ order by _pagination_key desc limit 4",
            "select id from $ where input is not null order by _pagination_key limit 3",
            "select count(*), min(input), max(metrics.start) from $",
            "select root_span_id, count(*) as n, sum(metadata.k0) as k from $ group by root_span_id order by root_span_id",
            "select id from $ where metadata.k0 in (#, #, #) or metadata.k1 = # order by id",
            "select metadata.model as m, count(*) as n, avg(metrics.tokens) as a, sum(metrics.tokens) as s, "
                    + "percentile(metrics.duration, 0.5) as p, min(metrics.tokens) as lo, max(metrics.end) as hi "
                    + "from $ group by metadata.model order by n desc, m",
            "select hour(created) as h, count(*) as n, count(error) as e from $ group by hour(created) order by h",
            "select second(created) as s, is_root as r, metadata.model as m, count(*) as n, max(created) as c from $ "
                    + "group by second(created), is_root, metadata.model order by s, r, m",
            "select count(*) as n from $",
            "select count(*) as n from $ where metadata.k0 = #",
            "select count(*) as n from $ where metadata.k1 > # and error is not null",
            "select count(*) as n from $ where input match 'text' or output match 'other'",
            "select count(*) as n from $ where input match 'one'",
            "select count(*) as n from $ where input match '\"text one\"'",
            "select count(*) as n, count(distinct metadata.model) as d, stddev(metrics.tokens) as v from $ where error is null",
            "select count(*) filter (where error is null) as ok, "
                    + "sum(case when metrics.tokens > 5 then 1 else 0 end) as t, sum(metrics.end - metrics.start) as d from $",
            "select metadata.a.b as b, count(*) as n from $ group by metadata.a.b order by b",
            "select count(*) as n from $ where metadata.a.b = 1",
            "select count(*) as n from $ where metadata.a.b is not null",
            "select count(*) as n from $ where metadata.model in ('m1', 7)",
            "select count(*) as n from $ where created >= '2026-03-01T12:00:05.123456Z' and is_root",
            "select id from $ where created = 'no time' order by id",
            "select id from $ where created > 'a time' or created < 1600000000 order by id",
            "select id from $ where created = '2026-03-01T11:00:05.25Z' order by id",
            "select id from $ where not (created > '2021-01-01') order by id",
            "select id from $ where created >= '2026-03-01T12:00:00Z' order by id",
            "select id from $ where created <= 1772366400 or '2026-03-01T12:03:00Z' < created order by id",
            "select count(*) as n, max(created) as c from $ where created < '2026-03-01T11:00:06Z'",
            "select id, created from $ order by created desc, id limit 3",
            "select id, created from $ order by created, id limit 3",
            "select id from $ where metadata.k0 >= # order by created limit 2",
            "select id, metrics.tokens as t from $ order by metrics.tokens desc, id limit 4",
            "select id from $ where input match 'text' order by metrics.end, id limit 3",
            "select id from $ order by metadata.k0 desc, id limit 20",
            "select count(scores) as n, avg(scores.q * 100) as f, max(metrics.tokens) as t from $",
            "select metrics.end + 1 as e, count(metrics) as n from $ where metrics is not null and metrics.end > 1 group by 1 order by 1",
            "select id from $ where metadata.k0 > # order by case when error then 1 else 0 end, id limit 2",
            "select id from $ where error and lower(metadata.model) = 'm1' order by metrics.start limit 2",
            "select id from $ where lower(metadata.model) = 'm1' and error order by metrics.start limit 2",
            "select upper(metadata.model) as m, count(*) as n from $ group by 1 order by 1",
            "select count(*) as n from $ where metadata.model like 'm_' or lower(metadata.model) = 'gpt-4o'",
            "select count(*) as n from $ where metadata.k1 like '%1%' and left(error, 1) = 'b'",
            "select concat(metadata.model, '/', metadata.k0) as m, max(metrics.tokens) as t from $ where metadata.a.b ~ '1|b' group by 1 order by 1",
            "select id, metrics.duration as d from $ order by metrics.duration desc, id limit 4",
            "select id, estimated_cost() as c from $ where metadata.model is not null order by c desc limit 3",
            "select metadata.model as m, sum(metrics.estimated_cost) as c, count(estimated_cost()) as n from $ group by 1 order by 1",
            "select id from $ where metrics.tokens >= # or metadata.k0 > # order by metrics.duration, id limit 3",
            "select id from $ where metrics.tokens > # and input match 'text' order by metrics.end - metrics.start limit 2",
            "select id from $ where metadata.k0 < # and metadata.k1 is not null order by metadata.k2 - metadata.k0 limit 2",
            "select id from $ where metrics.prompt_tokens = 3 order by coalesce(metrics.tokens, metadata.k0, 0) desc limit 5",
            "select id from $ where scores.q >= 0.# and metadata.k1 > 1 order by scores.q desc, id limit 3",
            "select id from $ where metadata.model = 'm1' and metrics.tokens < 13 order by metrics.start limit 1");

    /** {@code -Dspanlake.invariance.seeds} says how many histories: each has its own random questions. */
    static LongStream seeds() {
        return LongStream.range(21, 21 + Long.getLong("spanlake.invariance.seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLayoutAnswersTheSame(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder);
                var layers = new Layers(kit)) {
            var history = RandomHistory.odd(kit, random);
            var scans = layers.scans(VIEW_BYTES);
            var steps = new ArrayList<String>();
            var asked = new Asked(new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                steps.add(history.oneStep());
                assertSame(kit, scans, random, asked.next(), "seed %d after %s".formatted(seed, steps));
            }
            kit.cut();
            kit.closeEverything();
            kit.compactUntilIdle();
            assertSame(kit, scans, random, asked.all, "seed %d at the end".formatted(seed));
        }
    }

    /** 300 questions, some of them after each step, each after every sixth. */
    private static final class Asked {
        final List<String> all;
        private int next;

        Asked(Random random) {
            var queries = new LakeQueries(random);
            all = Stream.generate(queries::query).limit(RANDOM_QUERIES).toList();
        }

        List<String> next() {
            int first = next;
            next = (next + RANDOM_QUERIES_A_STEP) % RANDOM_QUERIES;
            return all.subList(first, first + RANDOM_QUERIES_A_STEP);
        }
    }

    private static void assertSame(CompactorKit kit, ObjectScans scans, Random random, List<String> more, String as) {
        var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
        var snapshot =
                Objects.requireNonNull(scans.snapshot(target, ReadMode.NEWEST).block());
        var folded = new WholeFold(kit.written(), snapshot.state().closed(), kit.identity()).sourceRows();
        for (var template : Stream.concat(QUERIES.stream(), more.stream()).toList()) {
            var query = filled(template, kit.object, random);
            assertThat(run(query, snapshot.rows()))
                    .as("%s, %s", query, as)
                    .isEqualTo(run(query, new FoldedRows(kit.object, folded)));
        }
    }

    private static String filled(String template, ObjectRef object, Random random) {
        var query = template.replace("$t", "project_logs('%s', shape => 'traces')".formatted(object.id()))
                .replace("$s", "project_logs('%s', shape => 'summary')".formatted(object.id()))
                .replaceAll("\\$(?!')", "project_logs('%s')".formatted(object.id()));
        while (query.contains("#")) {
            query = query.replaceFirst("#", Integer.toString(random.nextInt(1_000)));
        }
        return query;
    }

    private static List<String> run(String query, RowView rows) {
        var context = new QueryContext(Instant.parse("2026-03-01T12:00:00Z"), 0, PriceTable.defaults());
        var binding = new BindSettings(context, 1_000, 1_000, 10_000, Map.of());
        var plan = new Binder(binding).bind(new QueryTexts(QueryLimits.DEFAULT).query(query));
        RowSource source = _ -> Mono.just(List.of(rows));
        return Objects.requireNonNull(new QueryEngine(Schedulers.immediate())
                .run(plan, source, context, new EngineSettings(64 << 20, Duration.ofSeconds(60)))
                .flatMap(answer -> answer.rows().map(JsonWriter::json).collectList())
                .onErrorResume(QueryFaultException.class, fault -> Mono.just(List.of(fault(fault))))
                .block());
    }

    /** Of several rows with a fault it is not promised which is told. */
    private static String fault(QueryFaultException fault) {
        return String.valueOf(fault.getMessage()).replaceAll("of type \\w*;", "of some type;");
    }

    /** Every row meets a condition, or its negation, or neither, in whatever layout it lies. */
    @ParameterizedTest
    @ValueSource(longs = {23})
    void conditionsPartTheRows(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        try (var kit = new CompactorKit(folder);
                var layers = new Layers(kit)) {
            var history = RandomHistory.odd(kit, random);
            var scans = layers.scans(VIEW_BYTES);
            var queries = new LakeQueries(new Random(seed));
            var target = new ReadTarget(new TailObject(kit.organization, kit.object), kit.project);
            for (int step = 0; step < STEPS; step++) {
                history.oneStep();
                var rows = Objects.requireNonNull(
                                scans.snapshot(target, ReadMode.NEWEST).block())
                        .rows();
                long all = count("true", kit.object, rows);
                for (int i = 0; i < CONDITIONS_A_STEP; i++) {
                    var condition = queries.condition(3);
                    long sum = count(condition, kit.object, rows)
                            + count("not (" + condition + ")", kit.object, rows)
                            + count("(" + condition + ") is null", kit.object, rows);
                    assertThat(sum)
                            .as("seed %d, step %d: %s", seed, step, condition)
                            .isEqualTo(all);
                }
            }
        }
    }

    private static long count(String condition, ObjectRef object, RowView rows) {
        var query = "select count(*) as n from project_logs('%s') where %s".formatted(object.id(), condition);
        return Long.parseLong(run(query, rows).getFirst().replaceAll("\\D", ""));
    }

    /** All rows, whatever the hint says. */
    private record FoldedRows(ObjectRef object, List<SourceRow> oldestFirst) implements RowView {
        @Override
        public Flux<SourceRow> scan(ScanRequest request) {
            return Flux.fromIterable(request.order() == Plan.Order.NEWEST_FIRST ? oldestFirst.reversed() : oldestFirst);
        }

        @Override
        public Optional<TransactionId> closed() {
            return Optional.empty();
        }
    }
}
