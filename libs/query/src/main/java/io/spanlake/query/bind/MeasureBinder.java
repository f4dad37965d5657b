package io.spanlake.query.bind;

import io.spanlake.query.function.Aggregates;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Aggregates of one query: columns from {@link #FIRST} on, in the order in which they were met. Not thread-safe. */
final class MeasureBinder {
    /** Columns from here on stand for aggregates until the query is grouped. */
    static final int FIRST = 1 << 20;

    private final ExprBinder binder;
    private final List<Measure> measures = new ArrayList<>();

    MeasureBinder(ExprBinder binder) {
        this.binder = binder;
    }

    List<Measure> all() {
        return measures;
    }

    Scalar of(Expr.Call call, Mode mode) {
        if (!mode.aggregates()) {
            var hint = mode.equals(Mode.FILTER) ? "use HAVING or final_filter" : "group in a subquery first";
            throw BindFault.of(
                            "the aggregate %s cannot stand in %s".formatted(call.function(), mode.clause()),
                            call.place())
                    .withHint(hint)
                    .exception();
        }
        var aggregate = Aggregates.named(call.function()).orElseThrow();
        var arguments = new ArrayList<Scalar>();
        boolean star =
                call.arguments().size() == 1 && call.arguments().getFirst().value() instanceof Expr.Star;
        if (!star) {
            CallBinder.requireCount(call, aggregate.argumentsMin(), aggregate.argumentsMax());
            call.arguments().forEach(argument -> arguments.add(binder.bind(argument.value(), Mode.ARGUMENT)));
        } else if (!call.function().equals("count")) {
            throw BindFault.of(call.function() + "(*) means nothing; count(*) counts rows", call.place())
                    .exception();
        }
        boolean distinctCount = call.distinct() && call.function().equals("count") && !star;
        var measure = new Measure(
                distinctCount ? Aggregates.named("count_distinct").orElseThrow() : aggregate,
                arguments,
                call.filter().map(filter -> binder.bind(filter, Mode.ARGUMENT)),
                call.distinct() && !distinctCount);
        int known = measures.indexOf(measure);
        if (known < 0) {
            measures.add(measure);
            known = measures.size() - 1;
        }
        return new Scalar.Column(FIRST + known, measure.aggregate().type());
    }
}
