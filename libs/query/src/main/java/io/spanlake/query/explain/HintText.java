package io.spanlake.query.explain;

import io.spanlake.query.match.WordQuery;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a store is asked for, in words; long lists are cut. */
final class HintText {
    private static final int SHOWN_MAX = 5;

    private HintText() {}

    static String of(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) -> and(told(all));
            case Hint.Or(var any) -> any.isEmpty() ? "no row" : "(" + joined(any, HintText::of, " or ") + ")";
            case Hint.Equal(var paths, var values) ->
                places(paths) + " = " + joined(values, (Value value) -> ScalarText.of(value), " or ");
            case Hint.Exists(var paths) -> places(paths) + " exists";
            case Hint.Range(var paths, var least, var most) -> places(paths) + bounds(least, most);
            case Hint.Created(var first, var last) -> "created" + between(first, last);
            case Hint.Stamps(var field, var first, var last) ->
                (field == Hint.Stamps.Field.TRANSACTION ? "_xact_id" : "_pagination_key")
                        + between(first.map(Long::toUnsignedString), last.map(Long::toUnsignedString));
            case Hint.Words(var field, var items) ->
                "words of %s: %s".formatted(field, joined(items, HintText::word, " and "));
            case Hint.Substrings(var field, var texts, var ignoredCase) ->
                "within %s: %s".formatted(field, joined(texts, text -> "'" + text + "'", " and "));
            case Hint.Of _ -> "";
        };
    }

    private static List<Hint> told(List<Hint> all) {
        return all.stream()
                .filter(hint -> !(hint instanceof Hint.Of))
                .distinct()
                .toList();
    }

    private static String and(List<Hint> all) {
        return all.isEmpty() ? "every row" : joined(all, HintText::of, " and ");
    }

    private static String word(WordQuery.Item item) {
        return "\"" + item.text() + "\"" + (item.prefix() ? "*" : "");
    }

    private static String places(List<FieldPath> paths) {
        return joined(paths, path -> String.join(".", path.steps()), " or ");
    }

    private static String bounds(Optional<Hint.Bound> least, Optional<Hint.Bound> most) {
        return least.map(bound -> (bound.included() ? " >= " : " > ") + ScalarText.of(bound.value()))
                        .orElse("")
                + most.map(bound -> (bound.included() ? " <= " : " < ") + ScalarText.of(bound.value()))
                        .orElse("");
    }

    private static String between(Optional<?> first, Optional<?> last) {
        return first.map(value -> " >= " + value).orElse("")
                + last.map(value -> " <= " + value).orElse("");
    }

    private static <T> String joined(List<T> all, Function<T, String> text, String between) {
        var shown = all.stream().limit(SHOWN_MAX).map(text).collect(Collectors.joining(between));
        int more = all.size() - SHOWN_MAX;
        return more > 0 ? "%s%s%d more".formatted(shown, between, more) : shown;
    }
}
