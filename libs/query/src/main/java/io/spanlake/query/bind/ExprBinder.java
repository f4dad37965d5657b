package io.spanlake.query.bind;

import io.spanlake.query.function.Aggregates;
import io.spanlake.query.function.CastFunctions;
import io.spanlake.query.function.Functions;
import io.spanlake.query.function.QueryContext;
import io.spanlake.query.function.ScalarFunction;
import io.spanlake.query.match.LikePattern;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.parse.Place;
import io.spanlake.query.parse.QueryFault;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Members;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Binds expressions of one query. Aggregates become columns from {@link #MEASURES} on, in the order in which they were met.
 * Not thread-safe.
 */
final class ExprBinder {
    /** Columns from here on stand for aggregates until the query is grouped. */
    static final int MEASURES = 1 << 20;

    /** How a name or a function is taken, which depends on the clause. */
    record Mode(String clause, boolean aliasesFirst, boolean quotedAreNames, boolean aggregates) {
        static final Mode FILTER = new Mode("a filter", false, false, false);
        static final Mode KEY = new Mode("a grouping key", false, true, false);
        static final Mode OUTPUT = new Mode("an output", false, true, true);
        static final Mode SORT = new Mode("a sort", true, true, true);
        static final Mode HAVING = new Mode("a final filter", true, false, true);
        static final Mode ARGUMENT = new Mode("an aggregate", false, false, false);
    }

    private final Scope scope;
    private final BindSettings settings;
    private final DerivedFields derived;
    private final List<Measure> measures = new ArrayList<>();
    private final List<String> resolving = new ArrayList<>();

    ExprBinder(Scope scope, BindSettings settings) {
        this.scope = scope;
        this.settings = settings;
        this.derived = new DerivedFields(scope.schema());
    }

    QueryContext context() {
        return settings.context();
    }

    List<Measure> measures() {
        return measures;
    }

    Scalar bind(Expr expr, Mode mode) {
        return ScalarTree.folded(unfolded(expr, mode), settings.context());
    }

    private Scalar unfolded(Expr expr, Mode mode) {
        return switch (expr) {
            case Expr.Literal literal -> new Scalar.Constant(literal.value());
            case Expr.Name name -> name(name, mode);
            case Expr.Quoted quoted -> quoted(quoted, mode);
            case Expr.Parameter parameter -> parameter(parameter);
            case Expr.Call call -> call(call, mode);
            case Expr.Negate negate -> new Scalar.Negate(bind(negate.operand(), mode));
            case Expr.Calculate sum ->
                new Scalar.Calculate(sum.operator(), bind(sum.left(), mode), bind(sum.right(), mode));
            case Expr.Concat concat ->
                function("concat", List.of(bind(concat.left(), mode), bind(concat.right(), mode)), concat.place());
            case Expr.Compare compare -> compare(compare, mode);
            case Expr.And and -> new Scalar.And(all(and.operands(), mode));
            case Expr.Or or -> new Scalar.Or(all(or.operands(), mode));
            case Expr.Not not -> new Scalar.Not(bind(not.operand(), mode));
            case Expr.Is is -> {
                var operand = bind(is.operand(), mode);
                yield is.what() instanceof BooleanValue flag
                        ? new Scalar.Is(operand, flag.isTrue())
                        : new Scalar.IsNull(operand);
            }
            case Expr.Like like ->
                pattern(
                        like.operand(),
                        like.pattern(),
                        mode,
                        like.place(),
                        (operand, text) -> new Scalar.Like(operand, LikePattern.of(text, like.anyCase())));
            case Expr.Regex regex ->
                pattern(
                        regex.operand(),
                        regex.pattern(),
                        mode,
                        regex.place(),
                        (operand, text) ->
                                new Scalar.Regex(operand, RegexPattern.of(text, regex.anyCase() ? "i" : "")));
            case Expr.Match match ->
                pattern(
                        match.operand(),
                        match.words(),
                        mode,
                        match.place(),
                        (operand, text) -> new Scalar.Match(operand, WordQuery.of(text)));
            case Expr.Includes includes ->
                new Scalar.Includes(bind(includes.haystack(), mode), bind(includes.needle(), mode));
            case Expr.In in -> in(in, mode);
            case Expr.InValue in -> inValue(in, mode);
            case Expr.InQuery query -> throw unsupported("a subquery in an expression", query.place());
            case Expr.ScalarQuery query -> throw unsupported("a subquery in an expression", query.place());
            case Expr.Conditional conditional ->
                new Scalar.Conditional(
                        conditional.branches().stream()
                                .map(branch ->
                                        new Scalar.Branch(bind(branch.condition(), mode), bind(branch.then(), mode)))
                                .toList(),
                        bind(conditional.otherwise(), mode));
            case Expr.Cast cast -> cast(cast, mode);
            case Expr.Array array -> new Scalar.ArrayOf(all(array.items(), mode));
            case Expr.ObjectOf object ->
                new Scalar.ObjectOf(
                        List.copyOf(object.fields().keySet()),
                        all(List.copyOf(object.fields().values()), mode));
            case Expr.At at -> at(bind(at.operand(), mode), List.of(at.step()));
            case Expr.Star star ->
                throw fault("* stands only in a select list and in count(*)", star.place())
                        .exception();
        };
    }

    private List<Scalar> all(List<Expr> exprs, Mode mode) {
        return exprs.stream().map(expr -> bind(expr, mode)).toList();
    }

    private static Scalar at(Scalar operand, List<Step> steps) {
        return steps.isEmpty() ? operand : new Scalar.At(operand, steps);
    }

    private Scalar name(Expr.Name name, Mode mode) {
        return find(name, mode).orElseThrow(() -> scope.unknown(name).exception());
    }

    private Optional<Scalar> find(Expr.Name name, Mode mode) {
        // An alias that is being resolved means the field of its name: max(created) as created.
        boolean aliasesFirst = mode.aliasesFirst && !resolving.contains(name.first());
        return scope.find(name, aliasesFirst).map(found -> switch (found) {
            case Scope.Found.Path(var steps) -> derived.field(steps, scope.typeOf(steps));
            case Scope.Found.Computed(var value, var rest) -> at(value, rest);
            case Scope.Found.Alias(var alias, var value, var rest) -> alias(alias, value, rest, name, mode);
        });
    }

    private Scalar alias(String alias, Expr value, List<Step> rest, Expr.Name name, Mode mode) {
        if (resolving.contains(alias)) {
            throw scope.schema()
                    .nested(alias)
                    .map(steps -> fault(alias + " is defined by itself", name.place()))
                    .orElseGet(() -> scope.unknown(name))
                    .exception();
        }
        resolving.add(alias);
        try {
            return at(bind(value, mode), rest);
        } finally {
            resolving.remove(alias);
        }
    }

    private Scalar quoted(Expr.Quoted quoted, Mode mode) {
        var text = new Scalar.Constant(new TextValue(quoted.text()));
        if (!mode.quotedAreNames) {
            return text;
        }
        return find(new Expr.Name(List.of(new Step.Key(quoted.text())), quoted.place()), mode)
                .orElse(text);
    }

    private Scalar parameter(Expr.Parameter parameter) {
        var value = settings.parameters().get(parameter.name());
        if (value == null) {
            throw fault("no value was given for the parameter " + parameter.name(), parameter.place())
                    .withHint(
                            Nearest.hint(parameter.name(), settings.parameters().keySet()))
                    .exception();
        }
        return new Scalar.Constant(value);
    }

    /** {@code = null} and {@code != null} ask whether it is null. */
    private Scalar compare(Expr.Compare compare, Mode mode) {
        var left = bind(compare.left(), mode);
        var right = bind(compare.right(), mode);
        boolean equality = compare.operator() == Comparison.EQUAL || compare.operator() == Comparison.UNEQUAL;
        if (equality && (isNull(compare.left()) || isNull(compare.right()))) {
            Scalar isNull = new Scalar.IsNull(isNull(compare.right()) ? left : right);
            return compare.operator() == Comparison.EQUAL ? isNull : new Scalar.Not(isNull);
        }
        return new Scalar.Compare(compare.operator(), left, right);
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == NullValue.NULL;
    }

    private interface PatternOf {
        Scalar of(Scalar operand, String text);
    }

    private Scalar pattern(Expr operand, Expr pattern, Mode mode, Place place, PatternOf maker) {
        var bound = bind(operand, mode);
        return switch (bind(pattern, mode)) {
            case Scalar.Constant(TextValue(var text)) -> checked(place, () -> maker.of(bound, text));
            case Scalar.Constant(NullValue ignored) -> new Scalar.Constant(ignored);
            default ->
                throw fault("a pattern is one text, the same for all rows", pattern.place())
                        .exception();
        };
    }

    private static <T> T checked(Place place, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage() == null ? "not allowed" : e.getMessage(), place)
                    .exception();
        }
    }

    private Scalar in(Expr.In in, Mode mode) {
        var operand = bind(in.operand(), mode);
        var items = all(in.among(), mode);
        var constants = new ArrayList<Value>();
        var others = new ArrayList<Scalar>();
        for (var item : items) {
            if (item instanceof Scalar.Constant(var value)) {
                constants.add(value);
            } else {
                others.add(item);
            }
        }
        var members = new Scalar.In(operand, new Members(constants));
        if (others.isEmpty()) {
            return members;
        }
        var any = new ArrayList<Scalar>();
        if (!constants.isEmpty()) {
            any.add(members);
        }
        others.forEach(other -> any.add(new Scalar.Compare(Comparison.EQUAL, operand, other)));
        return new Scalar.Or(any);
    }

    private Scalar inValue(Expr.InValue in, Mode mode) {
        var operand = bind(in.operand(), mode);
        var list = bind(in.list(), mode);
        return list instanceof Scalar.Constant(ArrayValue(var items))
                ? new Scalar.In(operand, new Members(items))
                : new Scalar.InList(operand, list);
    }

    private Scalar cast(Expr.Cast cast, Mode mode) {
        var function = CastFunctions.to(cast.type());
        if (function.isEmpty()) {
            throw fault("unknown type " + cast.type(), cast.place())
                    .withHint(Nearest.hint(cast.type(), CastFunctions.types()))
                    .exception();
        }
        return new Scalar.Call(function.get(), List.of(bind(cast.operand(), mode)));
    }

    private Scalar call(Expr.Call call, Mode mode) {
        var name = call.function();
        if (Aggregates.named(name).isPresent()) {
            return aggregate(call, mode);
        }
        if (call.distinct() || call.filter().isPresent()) {
            throw fault(name + " is no aggregate: DISTINCT and FILTER do not fit", call.place())
                    .exception();
        }
        var given = call.arguments().stream().map(Expr.Argument::value).toList();
        return switch (name) {
            case "search" -> search(call, mode);
            case "estimated_cost" -> derived.cost(call.place());
            case "any_span", "all_spans", "filter_spans" ->
                throw fault(name + " stands only in a filter, under AND, OR and NOT", call.place())
                        .exception();
            case "eq", "ne", "lt", "le", "gt", "ge" -> {
                requireCount(call, 2, 2);
                yield compare(new Expr.Compare(comparison(name), given.get(0), given.get(1), call.place()), mode);
            }
            case "isnull" -> new Scalar.IsNull(bind(only(call), mode));
            case "isnotnull" -> new Scalar.Not(new Scalar.IsNull(bind(only(call), mode)));
            case "not" -> new Scalar.Not(bind(only(call), mode));
            case "and" -> new Scalar.And(all(given, mode));
            case "or" -> new Scalar.Or(all(given, mode));
            case "like", "match" -> {
                requireCount(call, 2, 2);
                yield bind(
                        name.equals("like")
                                ? new Expr.Like(given.get(0), given.get(1), false, call.place())
                                : new Expr.Match(given.get(0), given.get(1), call.place()),
                        mode);
            }
            default -> function(name, all(given, mode), call.place());
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

    private static Expr only(Expr.Call call) {
        requireCount(call, 1, 1);
        return call.arguments().getFirst().value();
    }

    private static void requireCount(Expr.Call call, int min, int max) {
        requireCount(call.function(), call.arguments().size(), min, max, call.place());
    }

    private static void requireCount(String name, int count, int min, int max, Place place) {
        if (count < min || count > max) {
            var wanted = min == max ? Integer.toString(min) : min + " to " + max;
            throw fault("%s takes %s arguments, not %d".formatted(name, wanted, count), place)
                    .exception();
        }
    }

    private Scalar function(String name, List<Scalar> arguments, Place place) {
        ScalarFunction function = Functions.named(name).orElseThrow(() -> unknownFunction(name, place));
        requireCount(name, arguments.size(), function.argumentsMin(), function.argumentsMax(), place);
        var call = new Scalar.Call(function, arguments);
        checkConstants(call, place);
        return call;
    }

    /** What is wrong whatever the row, is told before any is read. */
    private void checkConstants(Scalar.Call call, Place place) {
        var arguments = call.arguments();
        checked(place, () -> switch (call.function().name()) {
            case "regexp_like", "regexp_extract", "regexp_replace" ->
                arguments.get(1) instanceof Scalar.Constant(TextValue(var text))
                        ? Optional.of(RegexPattern.of(text, ""))
                        : Optional.empty();
            case "date_trunc", "extract" ->
                arguments.get(0) instanceof Scalar.Constant unit
                        ? Optional.of(call.function()
                                .apply(
                                        settings.context(),
                                        List.of(
                                                unit.value(),
                                                TimeValue.of(settings.context().now()))))
                        : Optional.empty();
            default -> Optional.empty();
        });
    }

    private static QueryFaultException unknownFunction(String name, Place place) {
        var known = new ArrayList<>(Functions.names());
        known.addAll(Aggregates.names());
        known.addAll(List.of("search", "estimated_cost", "any_span", "all_spans", "filter_spans"));
        return fault("unknown function " + name, place)
                .withHint(Nearest.hint(name, known))
                .exception();
    }

    private Scalar search(Expr.Call call, Mode mode) {
        var words = only(call);
        Function<String, Scalar> match = field -> bind(
                new Expr.Match(new Expr.Name(List.of(new Step.Key(field)), call.place()), words, call.place()), mode);
        return new Scalar.Or(Schema.searched().stream()
                .filter(scope.schema()::has)
                .map(match)
                .toList());
    }

    private Scalar aggregate(Expr.Call call, Mode mode) {
        if (!mode.aggregates) {
            var hint = mode.equals(Mode.FILTER) ? "use HAVING or final_filter" : "group in a subquery first";
            throw fault("the aggregate %s cannot stand in %s".formatted(call.function(), mode.clause), call.place())
                    .withHint(hint)
                    .exception();
        }
        var aggregate = Aggregates.named(call.function()).orElseThrow();
        var arguments = new ArrayList<Scalar>();
        boolean star =
                call.arguments().size() == 1 && call.arguments().getFirst().value() instanceof Expr.Star;
        if (!star) {
            requireCount(call, aggregate.argumentsMin(), aggregate.argumentsMax());
            call.arguments().forEach(argument -> arguments.add(bind(argument.value(), Mode.ARGUMENT)));
        } else if (!call.function().equals("count")) {
            throw fault(call.function() + "(*) means nothing; count(*) counts rows", call.place())
                    .exception();
        }
        boolean distinctCount = call.distinct() && call.function().equals("count") && !star;
        var measure = new Measure(
                distinctCount ? Aggregates.named("count_distinct").orElseThrow() : aggregate,
                arguments,
                call.filter().map(filter -> bind(filter, Mode.ARGUMENT)),
                call.distinct() && !distinctCount);
        int known = measures.indexOf(measure);
        if (known < 0) {
            measures.add(measure);
            known = measures.size() - 1;
        }
        return new Scalar.Column(MEASURES + known, measure.aggregate().type());
    }

    private static QueryFaultException unsupported(String what, Place place) {
        return fault(what + " is not supported", place)
                .withHint("a subquery can stand in FROM")
                .exception();
    }

    static QueryFault fault(String message, Place place) {
        return QueryFault.of(QueryFault.Kind.BIND, message, place);
    }
}
