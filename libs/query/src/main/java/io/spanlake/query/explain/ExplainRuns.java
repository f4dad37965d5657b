package io.spanlake.query.explain;

import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.Progress;
import io.spanlake.query.execute.QueryAnswer;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.execute.RowSource;
import io.spanlake.query.execute.ScanRequest;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.OutputColumn;
import io.spanlake.query.plan.PlanTree;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.ObjectValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers with the plan of a query instead of its rows: one column {@code plan}, a row a line. Thread-safe. */
public final class ExplainRuns {
    private static final String COLUMN = "plan";

    private final QueryEngine engine;

    public ExplainRuns(QueryEngine engine) {
        this.engine = engine;
    }

    /** Asks the store what it would read, and reads no row. */
    public Mono<QueryAnswer> plan(Plan.Query plan, RowSource source) {
        var progress = new Progress();
        var weighed = Flux.fromIterable(PlanTree.scans(plan))
                .concatMap(scan -> source.open(scan.objects()).flatMapMany(views -> {
                    var tally = progress.begin(scan.objects(), scan.hint());
                    var request =
                            new ScanRequest(scan.hint(), scan.fields(), scan.order(), OptionalLong.empty(), tally);
                    return Flux.fromIterable(views).concatMap(view -> view.weigh(request));
                }));
        return weighed.then(Mono.fromSupplier(
                () -> answer(new PlanText(progress.passes(), false).of(plan), plan, progress)));
    }

    /** Runs the query, and tells what that took. */
    public Mono<QueryAnswer> analyze(Plan.Query plan, RowSource source, QueryContext context, EngineSettings settings) {
        return engine.run(plan, source, context, settings)
                .flatMap(answer -> answer.rows().count().elapsed().map(counted -> {
                    var lines = new ArrayList<String>();
                    lines.add("%d rows in %d ms".formatted(counted.getT2(), counted.getT1()));
                    lines.addAll(new PlanText(answer.progress().passes(), true).of(plan));
                    return answer(lines, plan, answer.progress());
                }));
    }

    private static QueryAnswer answer(List<String> lines, Plan.Query plan, Progress progress) {
        var column = new OutputColumn(
                COLUMN, new Scalar.Field(List.of(new Step.Key(COLUMN)), ValueType.STRING), ValueType.STRING);
        var rows = Flux.fromIterable(lines).map(line -> new ObjectValue(Map.of(COLUMN, new TextValue(line))));
        return new QueryAnswer(List.of(column), rows, Optional::empty, () -> {}, plan::warnings, progress);
    }
}
