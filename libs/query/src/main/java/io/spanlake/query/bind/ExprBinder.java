package io.spanlake.query.bind;

import io.spanlake.query.function.CastFunctions;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.Nearest;
import io.spanlake.query.plan.Plan.Measure;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TimeValue;
import io.spanlake.query.value.Times;
import io.spanlake.query.value.ValueType;
import java.util.List;

/** Binds expressions of one query: a way for each kind, most of them in a class of their own. Not thread-safe. */
final class ExprBinder {
    private final BindSettings settings;
    private final NameBinder names;
    private final PatternBinder patterns;
    private final MembershipBinder memberships;
    private final MeasureBinder measures;
    private final CallBinder calls;

    ExprBinder(Scope scope, BindSettings settings, SubqueryBinder queries) {
        this.settings = settings;
        var derived = new DerivedFields(scope.schema());
        this.names = new NameBinder(this, scope, derived, settings.parameters());
        this.patterns = new PatternBinder(this);
        this.memberships = new MembershipBinder(this, queries);
        this.measures = new MeasureBinder(this);
        this.calls = new CallBinder(this, scope, settings.context(), derived, patterns, measures);
    }

    BindSettings settings() {
        return settings;
    }

    List<Measure> measures() {
        return measures.all();
    }

    Scalar bind(Expr expr, Mode mode) {
        return ScalarTree.folded(unfolded(expr, mode), settings.context());
    }

    private Scalar unfolded(Expr expr, Mode mode) {
        return switch (expr) {
            case Expr.Literal literal -> new Scalar.Constant(literal.value());
            case Expr.Name name -> names.name(name, mode);
            case Expr.Quoted quoted -> names.quoted(quoted, mode);
            case Expr.Parameter parameter -> names.parameter(parameter);
            case Expr.Call call -> calls.of(call, mode);
            case Expr.Negate negate -> new Scalar.Negate(bind(negate.operand(), mode));
            case Expr.Calculate sum ->
                new Scalar.Calculate(sum.operator(), bind(sum.left(), mode), bind(sum.right(), mode));
            case Expr.Concat concat ->
                calls.function(
                        "concat", List.of(bind(concat.left(), mode), bind(concat.right(), mode)), concat.place());
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
            case Expr.Like like -> patterns.like(like, mode);
            case Expr.Regex regex -> patterns.regex(regex, mode);
            case Expr.Match match -> patterns.match(match, mode);
            case Expr.Includes includes ->
                new Scalar.Includes(bind(includes.haystack(), mode), bind(includes.needle(), mode));
            case Expr.In in -> memberships.in(in, mode);
            case Expr.InValue in -> memberships.inValue(in, mode);
            case Expr.InQuery in -> memberships.inQuery(in, mode);
            case Expr.ScalarQuery value -> memberships.value(value);
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
                throw BindFault.of("* stands only in a select list and in count(*)", star.place())
                        .exception();
        };
    }

    List<Scalar> all(List<Expr> exprs, Mode mode) {
        return exprs.stream().map(expr -> bind(expr, mode)).toList();
    }

    static Scalar at(Scalar operand, List<Step> steps) {
        return steps.isEmpty() ? operand : new Scalar.At(operand, steps);
    }

    /** {@code = null} and {@code != null} ask whether it is null. */
    Scalar compare(Expr.Compare compare, Mode mode) {
        var left = bind(compare.left(), mode);
        var right = bind(compare.right(), mode);
        boolean equality = compare.operator() == Comparison.EQUAL || compare.operator() == Comparison.UNEQUAL;
        if (equality && (isNull(compare.left()) || isNull(compare.right()))) {
            Scalar isNull = new Scalar.IsNull(isNull(compare.right()) ? left : right);
            return compare.operator() == Comparison.EQUAL ? isNull : new Scalar.Not(isNull);
        }
        return new Scalar.Compare(compare.operator(), besideTime(left, right), besideTime(right, left));
    }

    /** Beside what is a time it is read as one, so that a row's text which is none has no order to it either. */
    private static Scalar besideTime(Scalar scalar, Scalar other) {
        return other.type() == ValueType.TIME
                        && scalar instanceof Scalar.Constant(var value)
                        && Times.of(value) instanceof TimeValue time
                ? new Scalar.Constant(time)
                : scalar;
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == NullValue.NULL;
    }

    private Scalar cast(Expr.Cast cast, Mode mode) {
        var function = CastFunctions.to(cast.type());
        if (function.isEmpty()) {
            throw BindFault.of("unknown type " + cast.type(), cast.place())
                    .withHint(Nearest.hint(cast.type(), CastFunctions.types()))
                    .exception();
        }
        return new Scalar.Call(function.get(), List.of(bind(cast.operand(), mode)));
    }
}
