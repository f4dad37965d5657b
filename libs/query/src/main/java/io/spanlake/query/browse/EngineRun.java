package io.spanlake.query.browse;

import io.spanlake.query.execute.EngineSettings;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Plan;
import io.spanlake.query.value.ObjectValue;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Runs queries over one snapshot; empty where one takes more than it may. */
final class EngineRun {
    private static final Set<QueryFault.Kind> TOO_MUCH = Set.of(QueryFault.Kind.TIMEOUT, QueryFault.Kind.BUDGET);

    private final QueryEngine engine;
    private final RowView view;
    private final QueryContext context;
    private final EngineSettings settings;

    EngineRun(QueryEngine engine, RowView view, QueryContext context, EngineSettings settings) {
        this.engine = engine;
        this.view = view;
        this.context = context;
        this.settings = settings;
    }

    /**
     * @param exact whether nothing was estimated
     * @param more  whether rows follow
     */
    record Rows(List<ObjectValue> rows, boolean exact, boolean more) {}

    Mono<Rows> rows(Plan.Query plan) {
        return engine.run(plan, _ -> Mono.just(List.of(view)), context, settings)
                .flatMap(answer -> answer.rows()
                        .collectList()
                        .map(rows -> new Rows(
                                rows,
                                answer.warnings().get().stream()
                                        .noneMatch(warning -> warning.stage().equals("execution")),
                                answer.cursor().get().isPresent())))
                .onErrorResume(
                        QueryFaultException.class,
                        fault -> TOO_MUCH.contains(fault.fault().kind()) ? Mono.empty() : Mono.error(fault));
    }
}
