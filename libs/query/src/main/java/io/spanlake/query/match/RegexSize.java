package io.spanlake.query.match;

/**
 * How large a regular expression becomes when its repetitions are written out: {@code ((a{100}){100}){100}} is short, its
 * program is not. An estimate from above, without parsing: the product of nested counts times the length.
 */
final class RegexSize {
    private static final int DEPTH_MAX = 100;

    private RegexSize() {}

    static void check(String text, int max) {
        // Of each open group: the size of what stands in it so far, and of its last item.
        var sizes = new long[DEPTH_MAX + 1];
        var lasts = new long[DEPTH_MAX + 1];
        int depth = 0;
        boolean inClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                add(sizes, lasts, depth, 1);
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
                add(sizes, lasts, depth, 2);
            } else if (c == '(') {
                if (++depth > DEPTH_MAX) {
                    throw new IllegalArgumentException(
                            "a regular expression has at most %d groups inside each other".formatted(DEPTH_MAX));
                }
                sizes[depth] = 0;
                lasts[depth] = 0;
            } else if (c == ')' && depth > 0) {
                long inner = sizes[depth] + 2;
                depth--;
                add(sizes, lasts, depth, inner);
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                long count = end < 0 ? 1 : largest(text.substring(i + 1, end));
                sizes[depth] += lasts[depth] * Math.max(0, count - 1);
                lasts[depth] *= Math.max(1, count);
            } else {
                add(sizes, lasts, depth, 1);
            }
            if (sizes[depth] > max) {
                throw new IllegalArgumentException(
                        "the repetitions of the regular expression come to more than %d steps".formatted(max));
            }
        }
    }

    private static void add(long[] sizes, long[] lasts, int depth, long size) {
        sizes[depth] += size;
        lasts[depth] = size;
    }

    private static long largest(String counts) {
        long largest = 1;
        for (var count : counts.split(",", -1)) {
            if (!count.isEmpty() && count.length() < 9 && count.chars().allMatch(Character::isDigit)) {
                largest = Math.max(largest, Long.parseLong(count));
            }
        }
        return largest;
    }
}
