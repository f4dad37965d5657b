package io.spanlake.query.bind;

import io.spanlake.query.function.Aggregates;
import io.spanlake.query.function.Functions;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.function.ScalarFunction;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is written as a function: functions, and the conditions and aggregates that look like them. */
final class CallBinder {
    private final ExprBinder binder;
    private final Scope scope;
    private final QueryContext context;
    private final DerivedFields derived;
    private final PatternBinder patterns;
    private final MeasureBinder measures;

    CallBinder(
            ExprBinder binder,
            Scope scope,
            QueryContext context,
            DerivedFields derived,
            PatternBinder patterns,
            MeasureBinder measures) {
        this.binder = binder;
        this.scope = scope;
        this.context = context;
        this.derived = derived;
        this.patterns = patterns;
        this.measures = measures;
    }

    Scalar of(Expr.Call call, Mode mode) {
        var name = call.function();
        if (Aggregates.named(name).isPresent()) {
            return measures.of(call, mode);
        }
        if (call.distinct() || call.filter().isPresent()) {
            throw BindFault.of(name + " is no aggregate: DISTINCT and FILTER do not fit", call.place())
                    .exception();
        }
        var given = call.arguments().stream().map(Expr.Argument::value).toList();
        return switch (name) {
            case "search" -> patterns.search(call, scope, mode);
            case "estimated_cost" -> derived.cost(call.place());
            case "any_span", "all_spans", "filter_spans" ->
                throw BindFault.of(name + " stands only in a filter, under AND, OR and NOT", call.place())
                        .exception();
            case "eq", "ne", "lt", "le", "gt", "ge" -> {
                requireCount(call, 2, 2);
                yield binder.compare(
                        new Expr.Compare(comparison(name), given.get(0), given.get(1), call.place()), mode);
            }
            case "isnull" -> new Scalar.IsNull(binder.bind(only(call), mode));
            case "isnotnull" -> new Scalar.Not(new Scalar.IsNull(binder.bind(only(call), mode)));
            case "not" -> new Scalar.Not(binder.bind(only(call), mode));
            case "and" -> new Scalar.And(binder.all(given, mode));
            case "or" -> new Scalar.Or(binder.all(given, mode));
            case "like", "match" -> {
                requireCount(call, 2, 2);
                yield binder.bind(
                        name.equals("like")
                                ? new Expr.Like(given.get(0), given.get(1), false, call.place())
                                : new Expr.Match(given.get(0), given.get(1), call.place()),
                        mode);
            }
            default -> function(name, binder.all(given, mode), call.place());
        };
    }

    private static Comparison comparison(String name) {
        return switch (name) {
            case "eq" -> Comparison.EQUAL;
            case "ne" -> Comparison.UNEQUAL;
            case "lt" -> Comparison.LESS;
            case "le" -> Comparison.LESS_OR_EQUAL;
            case "gt" -> Comparison.GREATER;
            default -> Comparison.GREATER_OR_EQUAL;
        };
    }

    static Expr only(Expr.Call call) {
        requireCount(call, 1, 1);
        return call.arguments().getFirst().value();
    }

    static void requireCount(Expr.Call call, int min, int max) {
        requireCount(call.function(), call.arguments().size(), min, max, call.place());
    }

    private static void requireCount(String name, int count, int min, int max, Place place) {
        if (count < min || count > max) {
            var wanted = min == max ? Integer.toString(min) : min + " to " + max;
            throw BindFault.of("%s takes %s arguments, not %d".formatted(name, wanted, count), place)
                    .exception();
        }
    }

    Scalar function(String name, List<Scalar> arguments, Place place) {
        ScalarFunction function = Functions.named(name).orElseThrow(() -> unknownFunction(name, place));
        requireCount(name, arguments.size(), function.argumentsMin(), function.argumentsMax(), place);
        var call = new Scalar.Call(function, arguments);
        checkConstants(call, place);
        return call;
    }

    /** What is wrong whatever the row, is told before any is read. */
    private void checkConstants(Scalar.Call call, Place place) {
        var arguments = call.arguments();
        BindFault.checked(place, () -> switch (call.function().name()) {
            case "regexp_like", "regexp_extract", "regexp_replace" ->
                arguments.get(1) instanceof Scalar.Constant(TextValue(var text))
                        ? Optional.of(RegexPattern.of(text, ""))
                        : Optional.empty();
            case "date_trunc", "extract" ->
                arguments.get(0) instanceof Scalar.Constant unit
                        ? Optional.of(
                                call.function().apply(context, List.of(unit.value(), TimeValue.of(context.now()))))
                        : Optional.empty();
            default -> Optional.empty();
        });
    }

    private static QueryFaultException unknownFunction(String name, Place place) {
        var known = new ArrayList<>(Functions.names());
        known.addAll(Aggregates.names());
        known.addAll(List.of("search", "estimated_cost", "any_span", "all_spans", "filter_spans"));
        return BindFault.of("unknown function " + name, place)
                .withHint(Nearest.hint(name, known))
                .exception();
    }
}
