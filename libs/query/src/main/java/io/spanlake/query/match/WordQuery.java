package io.spanlake.query.match;

import io.spanlake.model.AbandonedException;
import io.spanlake.query.value.TextLeaves;
import io.spanlake.query.value.Value;
import io.spanlake.storage.part.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words that {@code MATCH} looks for. Items are parted by spaces; {@code "a b"} is a phrase, {@code word*} a prefix,
 * {@code -item} must not be there. An item that is several words, as {@code rate_limit} or {@code 東京}, is a phrase.
 *
 * <p>A value matches where each item is found within one of its strings, in any of them and in any order. What a word is says
 * {@link Words}, for indexes and rows alike. Items without any word, as {@code ++}, ask for nothing; a query without words
 * matches nothing.
 */
public final class WordQuery {
    /** One item as the index is asked for it. */
    public record Item(String text, boolean prefix, boolean excluded) {}

    private static final class Pattern {
        final Item item;
        final List<byte[]> words;
        final int[] fallback;

        Pattern(Item item, List<byte[]> words) {
            this.item = item;
            this.words = words;
            this.fallback = fallback(words);
        }
    }

    private final String text;
    private final List<Pattern> patterns;
    private final int wanted;

    private WordQuery(String text, List<Pattern> patterns) {
        this.text = text;
        this.patterns = List.copyOf(patterns);
        this.wanted = (int) patterns.stream().filter(p -> !p.item.excluded).count();
    }

    public static WordQuery of(String text) {
        var patterns = new ArrayList<Pattern>();
        for (var item : items(text)) {
            var words = words(item.text);
            if (!words.isEmpty()) {
                patterns.add(new Pattern(item, words));
            }
        }
        return new WordQuery(text, patterns);
    }

    private static List<Item> items(String text) {
        var items = new ArrayList<Item>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            boolean excluded =
                    text.charAt(at) == '-' && at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
            int first = excluded ? at + 1 : at;
            int next;
            String words;
            if (text.charAt(first) == '"' && text.indexOf('"', first + 1) > 0) {
                int end = text.indexOf('"', first + 1);
                words = text.substring(first + 1, end);
                next = end + 1;
            } else {
                next = first;
                while (next < text.length() && !Character.isWhitespace(text.charAt(next))) {
                    next++;
                }
                words = text.substring(first, next);
            }
            boolean starBehind = next < text.length() && text.charAt(next) == '*';
            boolean prefix = starBehind || (words.endsWith("*") && words.length() > 1);
            items.add(
                    new Item(prefix && !starBehind ? words.substring(0, words.length() - 1) : words, prefix, excluded));
            at = starBehind ? next + 1 : next;
        }
        return items;
    }

    private static List<byte[]> words(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var words = new Words();
        words.reset(utf8, 0, utf8.length);
        var found = new ArrayList<byte[]>();
        while (words.next()) {
            found.add(Arrays.copyOf(words.bytes(), words.length()));
        }
        return found;
    }

    /** For each count of words found in a row, how many of them may begin the phrase anew (Knuth, Morris, Pratt). */
    private static int[] fallback(List<byte[]> words) {
        var fallback = new int[words.size() + 1];
        int matched = 0;
        for (int i = 1; i < words.size(); i++) {
            while (matched > 0 && !Arrays.equals(words.get(i), words.get(matched))) {
                matched = fallback[matched];
            }
            matched += Arrays.equals(words.get(i), words.get(matched)) ? 1 : 0;
            fallback[i + 1] = matched;
        }
        return fallback;
    }

    public String text() {
        return text;
    }

    /** The items that must be there; empty where the query has no words to look for. */
    public List<Item> required() {
        return patterns.stream()
                .map(pattern -> pattern.item)
                .filter(item -> !item.excluded())
                .toList();
    }

    /** The items that must not be there. */
    public List<Item> excluded() {
        return patterns.stream()
                .map(pattern -> pattern.item)
                .filter(Item::excluded)
                .toList();
    }

    public boolean matches(Value value) {
        if (patterns.isEmpty()) {
            return false;
        }
        var search = new Search();
        TextLeaves.visit(value, search::look);
        return search.matches();
    }

    /** An item of the query in a string: its number, and its place in the string's UTF-8. */
    record Hit(int item, int firstByte, int nextByte) {}

    /** Where what is wanted stands in a string, by where it ends. */
    List<Hit> hits(String leaf, int hitsMax) {
        return new Search().hits(leaf, hitsMax);
    }

    /** One look through the strings of a value. */
    private final class Search {
        private final Words words = new Words();
        private final boolean[] found = new boolean[patterns.size()];
        private final int[] matched = new int[patterns.size()];
        private int required;
        private boolean excluded;

        /** Whether there is need to look on. */
        boolean look(String leaf) {
            Arrays.fill(matched, 0);
            byte[] utf8 = leaf.getBytes(StandardCharsets.UTF_8);
            words.reset(utf8, 0, utf8.length);
            for (int word = 1; words.next(); word++) {
                AbandonedException.checkAt(word);
                for (int i = 0; i < found.length; i++) {
                    if (!found[i] && step(patterns.get(i), i)) {
                        found[i] = true;
                        if (patterns.get(i).item.excluded) {
                            excluded = true;
                            return false;
                        }
                        required++;
                    }
                }
                if (required == found.length) {
                    return false;
                }
            }
            return true;
        }

        List<Hit> hits(String leaf, int hitsMax) {
            var hits = new ArrayList<Hit>();
            byte[] utf8 = leaf.getBytes(StandardCharsets.UTF_8);
            words.reset(utf8, 0, utf8.length);
            int longest = patterns.stream().mapToInt(p -> p.words.size()).max().orElse(1);
            var firsts = new int[longest];
            for (int word = 0; words.next() && hits.size() < hitsMax; word++) {
                firsts[word % longest] = words.firstByte();
                for (int i = 0; i < patterns.size(); i++) {
                    var pattern = patterns.get(i);
                    if (!pattern.item.excluded && step(pattern, i)) {
                        int first = word - pattern.words.size() + 1;
                        hits.add(new Hit(i, firsts[first % longest], words.nextByte()));
                        matched[i] = pattern.fallback[matched[i]];
                    }
                }
            }
            return hits;
        }

        boolean matches() {
            return !excluded && required == wanted;
        }

        private boolean step(Pattern pattern, int index) {
            int count = matched[index];
            while (count > 0 && !fits(pattern, count)) {
                count = pattern.fallback[count];
            }
            count += fits(pattern, count) ? 1 : 0;
            matched[index] = count;
            return count == pattern.words.size();
        }

        private boolean fits(Pattern pattern, int place) {
            var wantedWord = pattern.words.get(place);
            boolean open = pattern.item.prefix && place == pattern.words.size() - 1;
            int length = words.length();
            if (open ? length < wantedWord.length : length != wantedWord.length) {
                return false;
            }
            return Arrays.equals(words.bytes(), 0, wantedWord.length, wantedWord, 0, wantedWord.length);
        }
    }
}
