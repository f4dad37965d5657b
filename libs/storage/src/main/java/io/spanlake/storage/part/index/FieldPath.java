package io.spanlake.storage.part.index;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in rows: keys from the top, and "any item of the array". Its text, which is also how terms begin, joins keys by
 * dots and writes {@code []} for items: {@code metadata.model}, {@code input[].role}. In keys, {@code . [ ] \} stand behind a
 * backslash, NUL is {@code \0}, and a key without characters {@code \e}. A text of more than 512 bytes is its first 400, {@code \#}, and 32 hex digits of a hash,
 * step by step: such paths answer as others do.
 *
 * @param steps keys; {@link #ITEMS} where a step is one into an array
 */
public record FieldPath(List<String> steps) {
    /** Not a key, but by identity: a key may have any text. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String ITEMS = new String("[]");

    private static final int TEXT_BYTES_MAX = 512;
    /** Of a text that is as long there may be more than it says. */
    static final int HEAD_BYTES = 400;

    public FieldPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one key");
        }
    }

    public static FieldPath of(String... keys) {
        return new FieldPath(List.of(keys));
    }

    /** The items of the array that this path leads to. */
    public FieldPath items() {
        return below(ITEMS);
    }

    public FieldPath key(String key) {
        return below(key);
    }

    private FieldPath below(String step) {
        var all = new ArrayList<>(steps);
        all.add(step);
        return new FieldPath(all);
    }

    /** Whether it leads through an array, so that a row may have several values at it. */
    public boolean throughItems() {
        return steps.stream().anyMatch(FieldPath::isItems);
    }

    @SuppressWarnings("ReferenceEquality")
    static boolean isItems(String step) {
        return step == ITEMS;
    }

    /** Whether values there are terms of {@code kv}. */
    boolean isIndexed() {
        var top = steps.getFirst();
        return top.equals(IndexFields.IS_ROOT) || IndexFields.isIndexed(top.getBytes(StandardCharsets.UTF_8));
    }

    byte[] text() {
        byte[] text = {};
        for (String step : steps) {
            text = isItems(step) ? textOfItems(text) : textBelow(text, TermBytes.utf8(step));
        }
        return text;
    }

    static byte[] textOfItems(byte[] parent) {
        return shortened(new TermBytes().put(parent).put('[').put(']'));
    }

    /** @param key in UTF-8 */
    static byte[] textBelow(byte[] parent, byte[] key) {
        var text = new TermBytes().put(parent);
        if (parent.length > 0) {
            text.put('.');
        }
        if (key.length == 0) {
            text.put('\\').put('e');
        }
        for (byte b : key) {
            switch (b) {
                case '.', '[', ']', '\\' -> text.put('\\').put(b);
                case 0 -> text.put('\\').put('0');
                default -> text.put(b);
            }
        }
        return shortened(text);
    }

    private static byte[] shortened(TermBytes text) {
        var whole = text.copy();
        if (whole.length <= TEXT_BYTES_MAX) {
            return whole.bytes;
        }
        var hash = Hashing.xxh3_128().hashBytesTo128Bits(whole.bytes, 0, whole.length);
        return text.clear()
                .put(whole.bytes, 0, HEAD_BYTES)
                .put("\\#%016x%016x"
                        .formatted(hash.getMostSignificantBits(), hash.getLeastSignificantBits())
                        .getBytes(StandardCharsets.US_ASCII))
                .copy()
                .bytes;
    }
}
