package io.spanlake.query.parse;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known names that a misspelt one may stand for. */
public final class Nearest {
    private static final int NAMES_MAX = 3;
    private static final int LENGTH_MAX = 64;

    private Nearest() {}

    /** "did you mean …?", where there is something near. */
    public static Optional<String> hint(String name, Collection<String> known) {
        var near = of(name, known);
        return near.isEmpty() ? Optional.empty() : Optional.of("did you mean " + String.join(" or ", near) + "?");
    }

    public static List<String> of(String name, Collection<String> known) {
        var wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.length() > LENGTH_MAX) {
            return List.of();
        }
        int allowed = Math.max(1, wanted.length() / 3);
        record Candidate(String name, int distance) {}
        return known.stream()
                .distinct()
                .map(candidate -> new Candidate(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(NAMES_MAX)
                .map(Candidate::name)
                .toList();
    }

    /** Insertions, deletions, replacements and swaps of neighbours; a name that only goes on counts as one. */
    private static int distance(String a, String b) {
        if (a.length() > 2 && (b.startsWith(a) || b.endsWith("." + a))) {
            return 1;
        }
        var before = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        var next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(Math.min(next[j - 1], row[j]) + 1, row[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
            }
            var free = before;
            before = row;
            row = next;
            next = free;
        }
        return row[b.length()];
    }
}
