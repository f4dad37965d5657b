package io.spanlake.blobstore;

import java.util.regex.Pattern;

/**
 * The name of a blob: path segments of letters, digits, {@code . _ - =} joined by {@code /}, none of them {@code .} or
 * {@code ..}; at most 900 characters.
 */
public record BlobName(String value) implements Comparable<BlobName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._=-]+(/[A-Za-z0-9._=-]+)*");
    private static final Pattern DOTS = Pattern.compile("(^|/)\\.{1,2}(/|$)");
    private static final int CHARS_MAX = 900;

    public BlobName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a blob name: " + value);
        }
    }

    static boolean isName(String value) {
        return value.length() <= CHARS_MAX
                && SHAPE.matcher(value).matches()
                && !DOTS.matcher(value).find();
    }

    /** Whether a blob name can begin like this; a store that lists it then stays within its own folder. */
    static boolean isPrefix(String prefix) {
        return prefix.isEmpty() || isName(prefix + "x");
    }

    @Override
    public int compareTo(BlobName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
