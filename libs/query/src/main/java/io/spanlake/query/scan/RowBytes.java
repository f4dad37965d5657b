package io.spanlake.query.scan;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.match.ItemBytes;
import io.spanlake.query.match.TextBytes;
import io.spanlake.query.match.WordQuery;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.WholeHints;
import io.spanlake.query.value.TextValue;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.index.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether a row may satisfy a hint, by its bytes: of a phrase whose words stand in many rows, and seldom side by side, most need
 * not be taken apart. Pure.
 */
sealed interface RowBytes {
    /** One item or text that has to stand in one piece of the row's JSON. */
    record One(BytesTest item) implements RowBytes {}

    record And(List<RowBytes> all) implements RowBytes {}

    record Or(List<RowBytes> any) implements RowBytes {}

    /**
     * @param stands whether an item or text may stand in one piece of the row's JSON. Where the answer is no, the row does not satisfy the
     *               hint
     */
    default boolean mayBe(Predicate<BytesTest> stands) {
        return switch (this) {
            case One(var item) -> stands.test(item);
            case And(var all) -> all.stream().allMatch(each -> each.mayBe(stands));
            case Or(var any) -> any.stream().anyMatch(each -> each.mayBe(stands));
        };
    }

    /** All that {@link #mayBe} may ask for. */
    default Stream<BytesTest> items() {
        return switch (this) {
            case One(var item) -> Stream.of(item);
            case And(var all) -> all.stream().flatMap(RowBytes::items).distinct();
            case Or(var any) -> any.stream().flatMap(RowBytes::items).distinct();
        };
    }

    /** @param pieces JSON in which each value of the row stands */
    default boolean mayBeIn(List<ByteSlice> pieces) {
        return mayBe(item -> pieces.stream().anyMatch(item::mayStandIn));
    }

    /** Empty where bytes say nothing. */
    static Optional<RowBytes> of(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) ->
                all(all.stream().map(RowBytes::of).flatMap(Optional::stream).toList());
            case Hint.Or(var any) -> any(any);
            case Hint.Words(var field, var items) ->
                WholeHints.isAsSent(field)
                        ? all(items.stream()
                                .map(ItemBytes::of)
                                .flatMap(Optional::stream)
                                .<RowBytes>map(One::new)
                                .toList())
                        : Optional.empty();
            case Hint.Substrings(var field, var texts, var anyCase) ->
                WholeHints.isAsSent(field) && !anyCase
                        ? all(texts.stream()
                                .map(TextBytes::of)
                                .flatMap(Optional::stream)
                                .<RowBytes>map(One::new)
                                .toList())
                        : Optional.empty();
            case Hint.Equal(var paths, var values) -> equal(paths, values);
            case Hint.Exists _, Hint.Range _, Hint.Created _, Hint.Stamps _, Hint.Of _ -> Optional.empty();
        };
    }

    /** The same without what the index of a part knows as well. */
    static Optional<RowBytes> beyondIndexes(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) ->
                all(all.stream()
                        .map(RowBytes::beyondIndexes)
                        .flatMap(Optional::stream)
                        .toList());
            case Hint.Equal _ -> Optional.empty();
            default -> of(hint);
        };
    }

    private static Optional<RowBytes> all(List<RowBytes> all) {
        return switch (all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.getFirst());
            default -> Optional.of(new And(all));
        };
    }

    /** Words of one field or of another are looked for once: in which field they stand is not asked here. */
    private static Optional<RowBytes> any(List<Hint> any) {
        var tests = any.stream()
                .map(hint -> hint instanceof Hint.Words(var field, var items) && WholeHints.isAsSent(field)
                        ? new Hint.Words("input", items)
                        : hint)
                .distinct()
                .map(RowBytes::of)
                .toList();
        return some(tests);
    }

    /** A text that is the same has the same words, side by side. */
    private static Optional<RowBytes> equal(List<FieldPath> paths, List<Value> values) {
        boolean isAsSent =
                paths.stream().allMatch(path -> WholeHints.isAsSent(path.steps().getFirst()));
        return isAsSent
                ? some(values.stream()
                        .map(value -> value instanceof TextValue(var text)
                                ? ItemBytes.of(new WordQuery.Item(text, false, false))
                                : Optional.<ItemBytes>empty())
                        .map(item -> item.<RowBytes>map(One::new))
                        .toList())
                : Optional.empty();
    }

    private static Optional<RowBytes> some(List<Optional<RowBytes>> any) {
        if (any.isEmpty() || !any.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        return any.size() == 1
                ? any.getFirst()
                : Optional.of(new Or(any.stream().flatMap(Optional::stream).toList()));
    }
}
