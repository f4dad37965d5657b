package io.spanlake.query.match;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.part.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One item of a {@link WordQuery} looked for in the bytes of JSON, many times faster than in its values. It never misses what
 * {@link Words} would find, and may find what is none: what it finds is to be looked at.
 *
 * <ol>
 *   <li>Only of words of ASCII; all bytes beyond ASCII, and escapes, may stand between two words.
 *   <li>Bytes beyond ASCII may also stand within a word, as {@link Words} leaves some out (soft hyphens, joiners).
 *   <li>Where letters stand that ASCII letters are equal to but for their case (U+017F, U+212A, U+0130, U+0131), or ASCII
 *       letters that were escaped, it says yes.
 *   <li>A quote that is not escaped ends a string, and with it all items in it.
 * </ol>
 */
public final class ItemBytes implements BytesTest {
    private static final byte[] FOLDED = folded();
    static final int MAY = -1;
    static final int NONE = -2;

    private final byte[][] words;
    private final LongestWord longest;
    private final int longestIndex;
    private final boolean prefix;

    private ItemBytes(byte[][] words, boolean prefix) {
        this.words = words;
        this.longestIndex = longestOf(words);
        this.longest = LongestWord.of(words[longestIndex]);
        this.prefix = prefix;
    }

    private static int longestOf(byte[][] words) {
        int longest = 0;
        for (int i = 1; i < words.length; i++) {
            longest = words[i].length > words[longest].length ? i : longest;
        }
        return longest;
    }

    private static byte[] folded() {
        var table = new byte[128];
        for (int c = 0; c < table.length; c++) {
            table[c] = Character.isLetterOrDigit(c) ? (byte) Character.toLowerCase(c) : 0;
        }
        return table;
    }

    /** Empty where it has words that only values can be asked for. */
    public static Optional<ItemBytes> of(WordQuery.Item item) {
        byte[] utf8 = item.text().getBytes(StandardCharsets.UTF_8);
        var words = new Words();
        words.reset(utf8, 0, utf8.length);
        List<byte[]> found = new ArrayList<>();
        while (words.next()) {
            found.add(Arrays.copyOf(words.bytes(), words.length()));
        }
        boolean ascii = !found.isEmpty() && found.stream().allMatch(ItemBytes::isAscii);
        return ascii ? Optional.of(new ItemBytes(found.toArray(byte[][]::new), item.prefix())) : Optional.empty();
    }

    private static boolean isAscii(byte[] word) {
        for (byte b : word) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /** The letter or digit of ASCII in lower case; 0 where it is none. */
    static byte folded(byte b) {
        return b < 0 ? 0 : FOLDED[b];
    }

    /** The last one of a prefix may go on. */
    @Override
    public String wholeWords() {
        return Arrays.stream(words, 0, prefix ? words.length - 1 : words.length)
                .map(word -> new String(word, StandardCharsets.US_ASCII))
                .collect(Collectors.joining(" "));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ItemBytes that && prefix == that.prefix && Arrays.deepEquals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(words) + Boolean.hashCode(prefix);
    }

    @Override
    public int length() {
        return Arrays.stream(words).mapToInt(word -> word.length).sum();
    }

    /** Wherever it stands, its longest word does: only what is around that is looked at, where it can be told from there. */
    @Override
    public boolean mayStandIn(ByteSlice json) {
        byte[] bytes = json.array();
        int begin = json.offset();
        int end = begin + json.length();
        if (longest.isShort()) {
            return mayStandIn(bytes, begin, end);
        }
        for (int at = longest.next(bytes, begin, end); at >= 0; at = longest.next(bytes, at + 1, end)) {
            int first = firstWordOf(bytes, begin, at);
            if (first == MAY) {
                return mayStandIn(bytes, begin, end);
            }
            if (first != NONE && standsAt(bytes, first, end)) {
                return true;
            }
        }
        return longest.standsAroundOthers(bytes, begin, end) && mayStandIn(bytes, begin, end);
    }

    /**
     * Where the item would begin.
     *
     * @param at where its longest word stands
     * @return {@code NONE} where words of other lengths stand before it, {@code MAY} where it is not plain what stands there
     */
    private int firstWordOf(byte[] bytes, int begin, int at) {
        int first = at;
        for (int word = longestIndex; word > 0; word--) {
            int before = BytesBefore.beginsWord(bytes, begin, first)
                    ? BytesBefore.gapBefore(bytes, begin, first)
                    : BytesBefore.otherBefore(bytes, begin, first);
            if (before < 0) {
                return before;
            }
            first = BytesBefore.lettersBefore(bytes, begin, before);
            if (before - first != words[word - 1].length) {
                return BytesBefore.isPlainBefore(bytes, begin, first) ? NONE : MAY;
            }
        }
        return BytesBefore.beginsWord(bytes, begin, first) ? first : BytesBefore.otherBefore(bytes, begin, first);
    }

    private boolean mayStandIn(byte[] bytes, int begin, int end) {
        int at = begin;
        byte first = words[0][0];
        while (at < end) {
            byte b = bytes[at];
            if (b >= 0 && FOLDED[b] != 0) {
                if (FOLDED[b] == first && standsAt(bytes, at, end)) {
                    return true;
                }
                at = afterWord(bytes, at, end);
            } else {
                at = afterOther(bytes, at, end);
                if (at == MAY) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int afterWord(byte[] bytes, int at, int end) {
        int next = at + 1;
        while (next < end && bytes[next] >= 0 && FOLDED[bytes[next]] != 0) {
            next++;
        }
        return next;
    }

    /** Behind what is no letter or digit of ASCII; {@code MAY} where it could stand for one. */
    static int afterOther(byte[] bytes, int at, int end) {
        byte b = bytes[at];
        if (b < 0) {
            return foldsToAscii(bytes, at, end) ? MAY : at + 1;
        }
        if (b != '\\') {
            return at + 1;
        }
        if (end - at < 6 || bytes[at + 1] != 'u') {
            return at + 2;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = (unit << 4) | Character.digit(bytes[i], 16);
        }
        boolean letter = unit < 0 || (unit < FOLDED.length ? FOLDED[unit] != 0 : foldsToAscii(unit));
        return letter ? MAY : at + 6;
    }

    private static boolean foldsToAscii(int unit) {
        return unit == 0x17F || unit == 0x212A || unit == 0x130 || unit == 0x131;
    }

    /** The same letters in UTF-8. */
    private static boolean foldsToAscii(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return false;
        }
        int lead = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return switch (lead) {
            case 0xC4 -> second == 0xB0 || second == 0xB1;
            case 0xC5 -> second == 0xBF;
            case 0xE2 -> second == 0x84 && at + 2 < end && (bytes[at + 2] & 0xFF) == 0xAA;
            default -> false;
        };
    }

    private boolean standsAt(byte[] bytes, int first, int end) {
        int at = first;
        for (int word = 0; word < words.length; word++) {
            if (word > 0) {
                int next = afterGap(bytes, at, end);
                if (next == MAY || next == at) {
                    return next == MAY;
                }
                at = next;
            }
            at = afterLetters(words[word], bytes, at, end);
            if (at < 0) {
                return at == MAY;
            }
        }
        return prefix || at >= end || bytes[at] < 0 || FOLDED[bytes[at]] == 0;
    }

    /** Behind the word that stands there, with what may be left out of it; {@code NONE} where it does not, or {@code MAY}. */
    static int afterLetters(byte[] word, byte[] bytes, int first, int end) {
        int at = first;
        for (byte letter : word) {
            while (at < end && isBeyondAscii(bytes, at, end)) {
                at = afterOther(bytes, at, end);
                if (at == MAY) {
                    return MAY;
                }
            }
            if (at >= end || folded(bytes[at]) != letter) {
                return NONE;
            }
            at++;
        }
        return at;
    }

    /** What may be left out within a word; an escape of ASCII parts words. */
    static boolean isBeyondAscii(byte[] bytes, int at, int end) {
        return bytes[at] < 0
                || (bytes[at] == '\\'
                        && end - at >= 6
                        && bytes[at + 1] == 'u'
                        && !(bytes[at + 2] == '0' && bytes[at + 3] == '0' && bytes[at + 4] < '8'));
    }

    /** The next letter or digit of the same string; the place itself where there is none. */
    private static int afterGap(byte[] bytes, int at, int end) {
        int next = at;
        while (next < end && (bytes[next] < 0 || FOLDED[bytes[next]] == 0)) {
            if (bytes[next] == '"') {
                return at;
            }
            next = afterOther(bytes, next, end);
            if (next == MAY) {
                return MAY;
            }
        }
        return next;
    }
}
