package io.spanlake.query.parse;

import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.Paths.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the value of an item without alias would be written: the name of its column. */
public final class Written {
    private Written() {}

    public static String of(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> JsonWriter.json(literal.value());
            case Expr.Name name -> path(name.steps());
            case Expr.Quoted quoted -> quoted.text();
            case Expr.Call call ->
                call.function()
                        + call.arguments().stream()
                                .map(argument -> of(argument.value()))
                                .collect(Collectors.joining(", ", call.distinct() ? "(distinct " : "(", ")"));
            case Expr.Negate negate -> "-" + of(negate.operand());
            case Expr.Calculate sum -> of(sum.left()) + " " + sum.operator().symbol() + " " + of(sum.right());
            case Expr.Compare pair -> of(pair.left()) + " " + pair.operator().symbol() + " " + of(pair.right());
            case Expr.Star _ -> "*";
            default -> expr.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    public static String path(List<Step> steps) {
        var text = new StringBuilder();
        for (var step : steps) {
            switch (step) {
                case Step.Key(var key) -> text.append(text.isEmpty() ? "" : ".").append(key);
                case Step.Index(var index) -> text.append('[').append(index).append(']');
            }
        }
        return text.toString();
    }
}
