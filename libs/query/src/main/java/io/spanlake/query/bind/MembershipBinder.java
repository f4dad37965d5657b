package io.spanlake.query.bind;

import io.spanlake.query.optimise.Optimiser;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Expr.Comparison;
import io.spanlake.query.parse.Place;
import io.spanlake.query.plan.Members;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.ArrayValue;
import io.spanlake.query.value.Value;
import java.util.ArrayList;

/** IN, whatever it is in; and queries that stand for one value. */
final class MembershipBinder {
    private final ExprBinder binder;
    private final SubqueryBinder queries;

    MembershipBinder(ExprBinder binder, SubqueryBinder queries) {
        this.binder = binder;
        this.queries = queries;
    }

    Scalar in(Expr.In in, Mode mode) {
        var operand = binder.bind(in.operand(), mode);
        var items = binder.all(in.among(), mode);
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

    Scalar inValue(Expr.InValue in, Mode mode) {
        var operand = binder.bind(in.operand(), mode);
        var list = binder.bind(in.list(), mode);
        return list instanceof Scalar.Constant(ArrayValue(var items))
                ? new Scalar.In(operand, new Members(items))
                : new Scalar.InList(operand, list);
    }

    Scalar inQuery(Expr.InQuery in, Mode mode) {
        var bound = queries.bind(in.query());
        requireOneColumn(bound, in.place());
        return new Scalar.InQuery(binder.bind(in.operand(), mode), Optimiser.optimised(bound.plan()));
    }

    Scalar value(Expr.ScalarQuery value) {
        var bound = queries.bind(value.query());
        requireOneColumn(bound, value.place());
        return new Scalar.QueryValue(
                Optimiser.optimised(bound.plan()),
                bound.plan().columns().getFirst().type());
    }

    private static void requireOneColumn(Binder.Bound bound, Place place) {
        int columns = bound.plan().columns().size();
        if (columns != 1 || bound.plan().open()) {
            throw BindFault.of(
                            "a query in an expression has one column, not "
                                    + (bound.plan().open() ? "all" : columns),
                            place)
                    .exception();
        }
    }
}
