package io.spanlake.query.plan;

import io.spanlake.query.function.QueryContext;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Scalar.Branch;
import io.spanlake.query.plan.Scalar.Constant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks and changes scalars. */
public final class ScalarTree {
    private ScalarTree() {}

    /** The same with its operands changed. */
    public static Scalar map(Scalar scalar, UnaryOperator<Scalar> change) {
        return switch (scalar) {
            case Constant _, Scalar.Field _, Scalar.Column _, Scalar.QueryValue _ -> scalar;
            case Scalar.At(var operand, var steps) -> new Scalar.At(change.apply(operand), steps);
            case Scalar.Call(var function, var arguments) -> new Scalar.Call(function, map(arguments, change));
            case Scalar.Calculate(var operator, var left, var right) ->
                new Scalar.Calculate(operator, change.apply(left), change.apply(right));
            case Scalar.Negate(var operand) -> new Scalar.Negate(change.apply(operand));
            case Scalar.Compare(var operator, var left, var right) ->
                new Scalar.Compare(operator, change.apply(left), change.apply(right));
            case Scalar.And(var operands) -> new Scalar.And(map(operands, change));
            case Scalar.Or(var operands) -> new Scalar.Or(map(operands, change));
            case Scalar.Not(var operand) -> new Scalar.Not(change.apply(operand));
            case Scalar.IsNull(var operand) -> new Scalar.IsNull(change.apply(operand));
            case Scalar.Is(var operand, var what) -> new Scalar.Is(change.apply(operand), what);
            case Scalar.In(var operand, var members) -> new Scalar.In(change.apply(operand), members);
            case Scalar.InList(var operand, var list) -> new Scalar.InList(change.apply(operand), change.apply(list));
            case Scalar.InQuery(var operand, var query) -> new Scalar.InQuery(change.apply(operand), query);
            case Scalar.Includes(var haystack, var needle) ->
                new Scalar.Includes(change.apply(haystack), change.apply(needle));
            case Scalar.Match(var operand, var words) -> new Scalar.Match(change.apply(operand), words);
            case Scalar.Like(var operand, var pattern) -> new Scalar.Like(change.apply(operand), pattern);
            case Scalar.Regex(var operand, var pattern) -> new Scalar.Regex(change.apply(operand), pattern);
            case Scalar.Conditional(var branches, var otherwise) ->
                new Scalar.Conditional(
                        branches.stream()
                                .map(branch ->
                                        new Branch(change.apply(branch.condition()), change.apply(branch.then())))
                                .toList(),
                        change.apply(otherwise));
            case Scalar.ArrayOf(var items) -> new Scalar.ArrayOf(map(items, change));
            case Scalar.ObjectOf(var keys, var values) -> new Scalar.ObjectOf(keys, map(values, change));
            case Scalar.Preview(var operand, var length, var byLeaf) ->
                new Scalar.Preview(change.apply(operand), length, byLeaf);
            case Scalar.Cost(var stored, var model, var tokens) ->
                new Scalar.Cost(change.apply(stored), change.apply(model), map(tokens, change));
        };
    }

    private static List<Scalar> map(List<Scalar> scalars, UnaryOperator<Scalar> change) {
        return scalars.stream().map(change).toList();
    }

    /** Each scalar within it, itself too. */
    public static void visit(Scalar scalar, Consumer<Scalar> visitor) {
        visitor.accept(scalar);
        map(scalar, operand -> {
            visit(operand, visitor);
            return operand;
        });
    }

    /** Top-level fields of the row that it reads. */
    public static Set<String> fields(Scalar scalar) {
        var tops = new HashSet<String>();
        visit(scalar, one -> {
            if (one instanceof Scalar.Field field) {
                tops.add(field.top());
            }
        });
        return tops;
    }

    public static boolean any(Scalar scalar, Predicate<Scalar> test) {
        var found = new boolean[1];
        visit(scalar, one -> found[0] |= test.test(one));
        return found[0];
    }

    /** Computes what depends on no row: {@code now() - interval 1 day} becomes a time. What fails is left to fail later. */
    public static Scalar folded(Scalar scalar, QueryContext context) {
        if (scalar instanceof Constant || !constant(scalar)) {
            return scalar;
        }
        try {
            return new Constant(new Evaluator(context).evaluate(scalar, Tuple.of(Document.NONE, RowOrder.FIRST)));
        } catch (QueryFaultException e) {
            return scalar;
        }
    }

    private static boolean constant(Scalar scalar) {
        var all = new boolean[] {!dependsOnMore(scalar)};
        map(scalar, operand -> {
            all[0] &= operand instanceof Constant;
            return operand;
        });
        return all[0];
    }

    private static boolean dependsOnMore(Scalar scalar) {
        return scalar instanceof Scalar.Field
                || scalar instanceof Scalar.Column
                || scalar instanceof Scalar.InQuery
                || scalar instanceof Scalar.QueryValue;
    }
}
