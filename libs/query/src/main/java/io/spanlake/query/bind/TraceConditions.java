package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.QueryFaultException;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.ScalarTree;
import io.spanlake.query.value.BooleanValue;
import io.spanlake.query.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sorts the parts of a filter by what they speak of:
 *
 * <ol>
 *   <li>plain parts: in shape spans of the row; else all together of one span of the trace;
 *   <li>{@code ANY_SPAN(e)}: of any span, each by itself, under AND, OR, NOT. Inside of another it is its content;
 *   <li>{@code FILTER_SPANS(e)}: which spans are returned;
 *   <li>in summaries, parts that read scores, metrics or what was counted: of the summary row;
 *   <li>parts that read unpivoted columns: of the rows after that.
 * </ol>
 */
final class TraceConditions {
    private static final Set<String> ROW_FIELDS = Set.of("scores", "metrics", "span_type_info");
    private static final Set<String> CALLS = Set.of("any_span", "all_spans", "filter_spans");

    private final Shape shape;
    private final ExprBinder spanBinder;
    private final ExprBinder rowBinder;

    final List<Scalar> spans = new ArrayList<>();
    final List<Scalar> traces = new ArrayList<>();
    final List<Scalar> returned = new ArrayList<>();
    final List<Scalar> rows = new ArrayList<>();
    final List<Scalar> unpivoted = new ArrayList<>();
    boolean negatedPlain;

    private final List<Scalar> plain = new ArrayList<>();

    TraceConditions(Shape shape, ExprBinder spanBinder, ExprBinder rowBinder) {
        this.shape = shape;
        this.spanBinder = spanBinder;
        this.rowBinder = rowBinder;
    }

    void filter(Expr filter) {
        for (var part : parts(filter)) {
            filterPart(part);
        }
    }

    private void filterPart(Expr part) {
        if (shape == Shape.SPANS) {
            add(rowBinder.bind(flat(part), Mode.FILTER), plain);
        } else if (part instanceof Expr.Call call && call.function().equals("filter_spans")) {
            returned.add(spanBinder.bind(flat(argument(call)), Mode.FILTER));
        } else if (hasCall(part)) {
            traces.add(trace(part));
        } else {
            negatedPlain |= part instanceof Expr.Not not && !(not.operand() instanceof Expr.Is);
            plainPart(part);
        }
    }

    /** Of the row where it reads what only the row has; a span may have fields that a summary has not. */
    private void plainPart(Expr part) {
        Scalar row;
        try {
            row = rowBinder.bind(part, Mode.FILTER);
        } catch (QueryFaultException unknownToRows) {
            plain.add(spanBinder.bind(part, Mode.FILTER));
            return;
        }
        if (ScalarTree.any(row, TraceConditions::isColumn)) {
            unpivoted.add(row);
        } else if (shape == Shape.SUMMARY && ScalarTree.any(row, TraceConditions::isRowField)) {
            rows.add(row);
        } else {
            plain.add(spanBinder.bind(part, Mode.FILTER));
        }
    }

    private void add(Scalar condition, List<Scalar> target) {
        (ScalarTree.any(condition, TraceConditions::isColumn) ? unpivoted : target).add(condition);
    }

    private static boolean isColumn(Scalar scalar) {
        return scalar instanceof Scalar.Column;
    }

    private static boolean isRowField(Scalar scalar) {
        return scalar instanceof Scalar.Field field && ROW_FIELDS.contains(field.top());
    }

    /** A part of {@code trace_filter}: which spans are returned, or what the trace has. */
    void traceFilter(Expr filter) {
        for (var part : parts(filter)) {
            if (shape == Shape.SPANS || hasCall(part)) {
                filterPart(part);
            } else {
                returned.add(spanBinder.bind(part, Mode.FILTER));
            }
        }
    }

    /** What is left once all parts are known: in shape spans the conditions of rows. */
    List<Scalar> finishPlain() {
        if (shape == Shape.SPANS || plain.isEmpty()) {
            return plain;
        }
        traces.addFirst(span(and(plain)));
        return List.of();
    }

    private Scalar span(Scalar condition) {
        int known = spans.indexOf(condition);
        if (known < 0) {
            spans.add(condition);
            known = spans.size() - 1;
        }
        return new Scalar.Column(known, ValueType.BOOLEAN);
    }

    private Scalar trace(Expr expr) {
        return switch (expr) {
            case Expr.And and ->
                new Scalar.And(and.operands().stream().map(this::trace).toList());
            case Expr.Or or ->
                new Scalar.Or(or.operands().stream().map(this::trace).toList());
            case Expr.Not not -> new Scalar.Not(trace(not.operand()));
            case Expr.Call call
            when call.function().equals("any_span") -> span(spanBinder.bind(flat(argument(call)), Mode.FILTER));
            case Expr.Call call
            when call.function().equals("all_spans") -> {
                var holds = new Scalar.Is(spanBinder.bind(flat(argument(call)), Mode.FILTER), true);
                yield new Scalar.Not(span(new Scalar.Not(holds)));
            }
            case Expr.Call call
            when call.function().equals("filter_spans") ->
                throw BindFault.of("FILTER_SPANS stands under AND only", call.place())
                        .exception();
            default -> span(spanBinder.bind(expr, Mode.FILTER));
        };
    }

    /** The expression with every ANY_SPAN, ALL_SPANS and FILTER_SPANS replaced by its content. */
    private static Expr flat(Expr expr) {
        return switch (expr) {
            case Expr.And and ->
                new Expr.And(and.operands().stream().map(TraceConditions::flat).toList(), and.place());
            case Expr.Or or ->
                new Expr.Or(or.operands().stream().map(TraceConditions::flat).toList(), or.place());
            case Expr.Not not -> new Expr.Not(flat(not.operand()), not.place());
            case Expr.Call call when CALLS.contains(call.function()) -> flat(argument(call));
            default -> expr;
        };
    }

    private static boolean hasCall(Expr expr) {
        return switch (expr) {
            case Expr.And and -> and.operands().stream().anyMatch(TraceConditions::hasCall);
            case Expr.Or or -> or.operands().stream().anyMatch(TraceConditions::hasCall);
            case Expr.Not not -> hasCall(not.operand());
            case Expr.Call call -> CALLS.contains(call.function());
            default -> false;
        };
    }

    private static Expr argument(Expr.Call call) {
        if (call.arguments().size() != 1) {
            throw BindFault.of(call.function() + " takes one condition", call.place())
                    .exception();
        }
        return call.arguments().getFirst().value();
    }

    static List<Expr> parts(Expr expr) {
        return expr instanceof Expr.And and
                ? and.operands().stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(expr);
    }

    static Scalar and(List<Scalar> conditions) {
        return switch (conditions.size()) {
            case 0 -> new Scalar.Constant(BooleanValue.TRUE);
            case 1 -> conditions.getFirst();
            default -> new Scalar.And(conditions);
        };
    }
}
