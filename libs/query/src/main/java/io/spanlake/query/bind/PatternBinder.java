package io.spanlake.query.bind;

import io.spanlake.query.match.LikePattern;
import io.spanlake.query.match.RegexPattern;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.parse.Expr;
import io.spanlake.query.parse.Place;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.value.NullValue;
import io.spanlake.query.value.Paths.Step;
import io.spanlake.query.value.TextValue;
import java.util.List;

/** Patterns and words that texts are compared with: the same for all rows, checked before any is read. */
final class PatternBinder {
    private final ExprBinder binder;

    PatternBinder(ExprBinder binder) {
        this.binder = binder;
    }

    Scalar like(Expr.Like like, Mode mode) {
        return pattern(
                like.operand(),
                like.pattern(),
                mode,
                like.place(),
                (operand, text) -> new Scalar.Like(operand, LikePattern.of(text, like.anyCase())));
    }

    Scalar regex(Expr.Regex regex, Mode mode) {
        return pattern(
                regex.operand(),
                regex.pattern(),
                mode,
                regex.place(),
                (operand, text) -> new Scalar.Regex(operand, RegexPattern.of(text, regex.anyCase() ? "i" : "")));
    }

    Scalar match(Expr.Match match, Mode mode) {
        return pattern(
                match.operand(),
                match.words(),
                mode,
                match.place(),
                (operand, text) -> new Scalar.Match(operand, WordQuery.of(text)));
    }

    /** {@code search('words')}: in any of the fields that hold texts. */
    Scalar search(Expr.Call call, Scope scope, Mode mode) {
        var words = CallBinder.only(call);
        return new Scalar.Or(Schema.searched().stream()
                .filter(scope.schema()::has)
                .map(field -> new Expr.Name(List.of(new Step.Key(field)), call.place()))
                .map(field -> match(new Expr.Match(field, words, call.place()), mode))
                .toList());
    }

    private interface PatternOf {
        Scalar of(Scalar operand, String text);
    }

    private Scalar pattern(Expr operand, Expr pattern, Mode mode, Place place, PatternOf maker) {
        var bound = binder.bind(operand, mode);
        return switch (binder.bind(pattern, mode)) {
            case Scalar.Constant(TextValue(var text)) -> BindFault.checked(place, () -> maker.of(bound, text));
            case Scalar.Constant(NullValue ignored) -> new Scalar.Constant(ignored);
            default ->
                throw BindFault.of("a pattern is one text, the same for all rows", pattern.place())
                        .exception();
        };
    }
}
