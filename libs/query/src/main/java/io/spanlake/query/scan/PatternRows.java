package io.spanlake.query.scan;

import io.spanlake.query.match.CaseFolding;
import io.spanlake.query.match.WordedText;
import io.spanlake.query.plan.Hint;
import io.spanlake.query.plan.WholeHints;
import io.spanlake.query.value.JsonWriter;
import io.spanlake.query.value.TextValue;
import io.spanlake.storage.part.index.FieldPath;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.text.TextQuery;
import io.spanlake.storage.part.text.TextSearch;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * Rows of a part in which texts of a pattern may stand: in a string, by its words, or in a key. What else JSON is made of is
 * in no index, but no text that is asked for here can stand in it. Blocks on reads.
 */
final class PatternRows {
    /** For each the dictionary of words is gone through. */
    private static final int PIECES_MAX = 8;

    private final FieldSearch values;
    private final TextSearch texts;

    PatternRows(FieldSearch values, TextSearch texts) {
        this.values = values;
        this.texts = texts;
    }

    /** Empty where any row may have them. */
    Optional<RoaringBitmap> of(Hint.Substrings wanted) throws IOException {
        if (!WholeHints.isAsSent(wanted.field())) {
            return Optional.empty();
        }
        Optional<RoaringBitmap> all = Optional.empty();
        for (var piece : pieces(wanted)) {
            all = both(all, of(wanted.field(), piece, wanted.anyCase()));
            if (all.isPresent() && all.get().isEmpty()) {
                return all;
            }
        }
        return all;
    }

    /** The longest first: they tell most. */
    private static List<WordedText> pieces(Hint.Substrings wanted) {
        return wanted.texts().stream()
                .flatMap(text -> WordedText.of(text, wanted.anyCase()).stream())
                .distinct()
                .sorted(Comparator.comparingInt(
                        (WordedText piece) -> -piece.text().length()))
                .limit(PIECES_MAX)
                .toList();
    }

    private static Optional<RoaringBitmap> both(Optional<RoaringBitmap> rows, Optional<RoaringBitmap> more) {
        return rows.isEmpty() || more.isEmpty()
                ? rows.or(() -> more)
                : Optional.of(RoaringBitmap.and(rows.get(), more.get()));
    }

    private Optional<RoaringBitmap> of(String field, WordedText piece, boolean anyCase) throws IOException {
        var keys = values.keysBelow(FieldPath.of(field), inKey(piece.text(), anyCase));
        var rows = keys.isEmpty() ? keys : texts.rows(new TextQuery.Substring(piece.text()), List.of(field));
        for (var rest : piece.escaped()) {
            // What was escaped parts words, so the rest begins with one.
            var found = rows.isEmpty() ? rows : texts.rows(new TextQuery.Prefix(rest), List.of(field));
            rows = either(rows, found);
        }
        return either(rows, keys);
    }

    private static Optional<RoaringBitmap> either(Optional<RoaringBitmap> rows, Optional<RoaringBitmap> more) {
        return rows.flatMap(some -> more.map(others -> RoaringBitmap.or(some, others)));
    }

    private static Predicate<String> inKey(String text, boolean anyCase) {
        return key -> {
            var json = JsonWriter.json(new TextValue(key));
            return (anyCase ? CaseFolding.fold(json) : json).contains(text);
        };
    }
}
