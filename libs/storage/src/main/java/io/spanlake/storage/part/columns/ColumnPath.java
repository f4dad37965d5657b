package io.spanlake.storage.part.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys from the row down to a value. As text they are joined by dots; a key that is no plain name stands in quotes, a
 * quote in it doubled: {@code metadata."gen_ai.model"}.
 */
public record ColumnPath(List<String> keys) implements Comparable<ColumnPath> {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public ColumnPath {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a path without keys");
        }
        keys = List.copyOf(keys);
    }

    public static ColumnPath of(String first, String... below) {
        return new ColumnPath(Stream.concat(Stream.of(first), Stream.of(below)).toList());
    }

    /** @throws IllegalArgumentException where the text is none that {@link #toString} gives */
    public static ColumnPath parse(String text) {
        var keys = new ArrayList<String>();
        int at = 0;
        do {
            int end = text.startsWith("\"", at) ? afterQuoted(text, at) : afterPlain(text, at);
            keys.add(unquoted(text.substring(at, end)));
            at = end + 1;
        } while (at <= text.length() && text.charAt(at - 1) == '.');
        var path = new ColumnPath(keys);
        if (!path.toString().equals(text)) {
            throw new IllegalArgumentException("not a column path: " + text);
        }
        return path;
    }

    private static int afterPlain(String text, int at) {
        int dot = text.indexOf('.', at);
        return dot < 0 ? text.length() : dot;
    }

    private static int afterQuoted(String text, int at) {
        int quote = text.indexOf('"', at + 1);
        while (quote >= 0 && text.startsWith("\"", quote + 1)) {
            quote = text.indexOf('"', quote + 2);
        }
        if (quote < 0) {
            throw new IllegalArgumentException("a quote without end: " + text);
        }
        return quote + 1;
    }

    private static String unquoted(String key) {
        return key.startsWith("\"") ? key.substring(1, key.length() - 1).replace("\"\"", "\"") : key;
    }

    public ColumnPath child(String key) {
        return new ColumnPath(Stream.concat(keys.stream(), Stream.of(key)).toList());
    }

    /** The first key: what of the row it lies in. */
    public String root() {
        return keys.getFirst();
    }

    /** The text of the keys below the first. */
    String below() {
        return text(keys.subList(1, keys.size()));
    }

    private static String text(List<String> keys) {
        return keys.stream()
                .map(key -> PLAIN.matcher(key).matches() ? key : '"' + key.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    @Override
    public int compareTo(ColumnPath other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return text(keys);
    }
}
