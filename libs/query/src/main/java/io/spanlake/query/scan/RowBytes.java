package io.spanlake.query.scan;

import io.spanlake.model.ByteSlice;
import io.spanlake.query.match.BytesTest;
import io.spanlake.query.match.ItemBytes;
import io.spanlake.query.match.TextBytes;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.WholeHints;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a row may satisfy a hint, by its bytes: of a phrase whose words stand in many rows, and seldom side by side, most need
 * not be taken apart. Pure.
 */
interface RowBytes {
    /**
     * @param stands whether an item or text may stand in one piece of the row's JSON. Where the answer is no, the row does not satisfy the
     *               hint
     */
    boolean mayBe(Predicate<BytesTest> stands);

    /** @param pieces JSON in which each value of the row stands */
    default boolean mayBeIn(List<ByteSlice> pieces) {
        return mayBe(item -> pieces.stream().anyMatch(item::mayStandIn));
    }

    /** Empty where bytes say nothing. */
    static Optional<RowBytes> of(Hint hint) {
        return switch (hint) {
            case Hint.And(var all) ->
                all.stream().map(RowBytes::of).flatMap(Optional::stream).reduce(RowBytes::and);
            case Hint.Or(var any) -> any(any);
            case Hint.Words(var field, var items) ->
                WholeHints.isAsSent(field)
                        ? items.stream()
                                .map(ItemBytes::of)
                                .flatMap(Optional::stream)
                                .map(RowBytes::of)
                                .reduce(RowBytes::and)
                        : Optional.empty();
            case Hint.Substrings(var field, var texts, var anyCase) ->
                WholeHints.isAsSent(field) && !anyCase
                        ? texts.stream()
                                .map(TextBytes::of)
                                .flatMap(Optional::stream)
                                .map(RowBytes::of)
                                .reduce(RowBytes::and)
                        : Optional.empty();
            case Hint.Equal _, Hint.Exists _, Hint.Range _, Hint.Created _, Hint.Stamps _ -> Optional.empty();
        };
    }

    private static RowBytes of(BytesTest item) {
        return stands -> stands.test(item);
    }

    private RowBytes and(RowBytes other) {
        return stands -> mayBe(stands) && other.mayBe(stands);
    }

    private RowBytes or(RowBytes other) {
        return stands -> mayBe(stands) || other.mayBe(stands);
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
        return tests.stream().allMatch(Optional::isPresent)
                ? tests.stream().flatMap(Optional::stream).reduce(RowBytes::or)
                : Optional.empty();
    }
}
