package io.spanlake.query.bind;

import io.spanlake.query.parse.Expr;
import java.util.Set;

/** Whether a filter has a part that bounds what is read: on a time, a transaction or an id. */
final class BoundedReads {
    private static final Set<String> FIELDS =
            Set.of("created", "_xact_id", "_pagination_key", "root_span_id", "id", "span_id");

    private BoundedReads() {}

    static boolean isBounded(Expr filter) {
        return switch (filter) {
            case Expr.And and -> and.operands().stream().anyMatch(BoundedReads::isBounded);
            case Expr.Or or ->
                !or.operands().isEmpty() && or.operands().stream().allMatch(BoundedReads::isBounded);
            case Expr.Compare compare -> isField(compare.left()) || isField(compare.right());
            case Expr.In in -> isField(in.operand());
            case Expr.Call call ->
                call.arguments().size() == 1
                        && isBounded(call.arguments().getFirst().value());
            default -> false;
        };
    }

    private static boolean isField(Expr expr) {
        return expr instanceof Expr.Name name && name.steps().size() == 1 && FIELDS.contains(name.first());
    }
}
