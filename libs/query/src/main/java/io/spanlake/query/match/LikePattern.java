package io.spanlake.query.match;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code LIKE}: {@code %} is any run of characters, {@code _} one code point, {@code \} makes the next one plain. Looks at
 * whole values, however long. Work is bounded by text times pattern.
 */
public final class LikePattern {
    public static final int CHARS_MAX = 10_000;
    /** Stands for {@code _}; no Unicode character is it. */
    private static final int ONE = -1;

    /** What stands between two {@code %}: code points. */
    private static final class Stretch {
        final int[] codePoints;
        /** Its text where it has no {@code _}. */
        final String plain;

        Stretch(int[] codePoints, String plain) {
            this.codePoints = codePoints;
            this.plain = plain;
        }

        boolean isPlain() {
            return !plain.isEmpty() || codePoints.length == 0;
        }
    }

    private final String text;
    private final boolean anyCase;
    private final List<Stretch> stretches;

    private LikePattern(String text, boolean anyCase, List<Stretch> stretches) {
        this.text = text;
        this.anyCase = anyCase;
        this.stretches = List.copyOf(stretches);
    }

    /** @throws IllegalArgumentException where it is too long */
    public static LikePattern of(String pattern, boolean anyCase) {
        if (pattern.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a pattern has at most %d characters, this one %d".formatted(CHARS_MAX, pattern.length()));
        }
        var source = anyCase ? CaseFolding.fold(pattern) : pattern;
        var stretches = new ArrayList<Stretch>();
        var now = new ArrayList<Integer>();
        for (int i = 0; i < source.length(); ) {
            int c = source.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\' && i < source.length()) {
                int plain = source.codePointAt(i);
                i += Character.charCount(plain);
                // Only the signs of patterns are escaped; before others a backslash is itself.
                if (plain != '%' && plain != '_' && plain != '\\') {
                    now.add(c);
                }
                now.add(plain);
            } else if (c == '%') {
                stretches.add(stretch(now));
                now.clear();
            } else {
                now.add(c == '_' ? ONE : c);
            }
        }
        stretches.add(stretch(now));
        return new LikePattern(pattern, anyCase, stretches);
    }

    private static Stretch stretch(List<Integer> codePoints) {
        var all = codePoints.stream().mapToInt(Integer::intValue).toArray();
        var plain = new StringBuilder();
        for (int c : all) {
            if (c == ONE) {
                return new Stretch(all, "");
            }
            plain.appendCodePoint(c);
        }
        return new Stretch(all, plain.toString());
    }

    public String text() {
        return text;
    }

    public boolean anyCase() {
        return anyCase;
    }

    /** Texts that stand in whatever matches, for an index to look for. */
    public List<String> literals() {
        return stretches.stream()
                .flatMap(LikePattern::literals)
                .filter(plain -> !plain.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<String> literals(Stretch stretch) {
        if (stretch.isPlain()) {
            return Stream.of(stretch.plain);
        }
        var between = new StringBuilder();
        for (int c : stretch.codePoints) {
            between.appendCodePoint(c == ONE ? 0 : c);
        }
        return Stream.of(between.toString().split("\0", 0));
    }

    /** Of a value that is not null. */
    public boolean matches(Value value) {
        return TextTest.holds(value, this::matches);
    }

    public boolean matches(String given) {
        var subject = anyCase ? CaseFolding.fold(given) : given;
        var first = stretches.getFirst();
        int at = after(first, subject, 0);
        if (at < 0) {
            return false;
        }
        if (stretches.size() == 1) {
            return at == subject.length();
        }
        for (int i = 1; i < stretches.size() - 1; i++) {
            at = find(stretches.get(i), subject, at);
            if (at < 0) {
                return false;
            }
        }
        return endsWith(stretches.getLast(), subject, at);
    }

    /** The place after the stretch where it stands at a place, else -1. */
    private static int after(Stretch stretch, String subject, int from) {
        if (stretch.isPlain()) {
            return subject.startsWith(stretch.plain, from) ? from + stretch.plain.length() : -1;
        }
        int at = from;
        for (int wanted : stretch.codePoints) {
            if (at >= subject.length()) {
                return -1;
            }
            int c = subject.codePointAt(at);
            if (wanted != ONE && wanted != c) {
                return -1;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** The place after the stretch where it stands first, else -1. */
    private static int find(Stretch stretch, String subject, int from) {
        if (stretch.isPlain()) {
            int found = subject.indexOf(stretch.plain, from);
            return found < 0 ? -1 : found + stretch.plain.length();
        }
        for (int at = from; at < subject.length(); at += Character.charCount(subject.codePointAt(at))) {
            AbandonedException.check();
            int after = after(stretch, subject, at);
            if (after >= 0) {
                return after;
            }
        }
        return -1;
    }

    private static boolean endsWith(Stretch stretch, String subject, int from) {
        if (stretch.isPlain()) {
            return subject.length() - from >= stretch.plain.length() && subject.endsWith(stretch.plain);
        }
        int at = subject.length();
        for (int i = 0; i < stretch.codePoints.length && at > from; i++) {
            at -= Character.charCount(subject.codePointBefore(at));
        }
        return at >= from && after(stretch, subject, at) == subject.length();
    }
}
