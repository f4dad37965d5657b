package io.spanlake.query.match;

import io.spanlake.query.match.WordQuery.Hit;
import io.spanlake.query.value.TextLeaves;
import io.spanlake.query.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The stretch of a value where words were found, each marked: of the string that has the most of the query's items, around the
 * first of them. What is cut is shown by {@code …}.
 */
public final class Snippets {
    private static final int HITS_MAX = 1_000;
    private static final String CUT = "…";

    private record Found(String leaf, List<Hit> hits, long items) {}

    private Snippets() {}

    /**
     * @param chars code points around the hits, marks not counted
     * @return empty where no string of the value has any of the words
     */
    public static Optional<String> of(Value value, WordQuery words, int chars, String open, String close) {
        var found = new ArrayList<Found>();
        TextLeaves.visit(value, leaf -> {
            var hits = words.hits(leaf, HITS_MAX);
            long items = hits.stream().mapToInt(Hit::item).distinct().count();
            if (!hits.isEmpty() && (found.isEmpty() || items > found.getLast().items)) {
                found.add(new Found(leaf, hits, items));
            }
            return items < words.required().size();
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(cut(found.getLast(), chars, open, close));
    }

    private static String cut(Found found, int chars, String open, String close) {
        byte[] text = found.leaf.getBytes(StandardCharsets.UTF_8);
        var hits = new ArrayList<>(found.hits);
        hits.sort(Comparator.comparingInt(Hit::firstByte));
        int first = back(text, hits.getFirst().firstByte(), chars / 4);
        int next = on(text, first, chars);
        var cut = new StringBuilder(first > 0 ? CUT : "");
        int at = first;
        for (var hit : hits) {
            if (hit.firstByte() >= at && hit.nextByte() <= next) {
                cut.append(text(text, at, hit.firstByte())).append(open);
                cut.append(text(text, hit.firstByte(), hit.nextByte())).append(close);
                at = hit.nextByte();
            }
        }
        return cut.append(text(text, at, next))
                .append(next < text.length ? CUT : "")
                .toString();
    }

    private static String text(byte[] text, int first, int next) {
        return new String(text, first, next - first, StandardCharsets.UTF_8);
    }

    /** So many code points before a place. */
    private static int back(byte[] text, int place, int chars) {
        int at = place;
        for (int i = 0; i < chars && at > 0; i++) {
            at--;
            while (at > 0 && isInside(text[at])) {
                at--;
            }
        }
        return at;
    }

    private static int on(byte[] text, int place, int chars) {
        int at = place;
        for (int i = 0; i < chars && at < text.length; i++) {
            at++;
            while (at < text.length && isInside(text[at])) {
                at++;
            }
        }
        return at;
    }

    private static boolean isInside(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
