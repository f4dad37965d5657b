package org.apache.hadoop.io;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in UTF-8 that can be changed; ORC keeps bounds of strings and entries of dictionaries in it. */
public final class Text extends BinaryComparable {
    private byte[] bytes = new byte[0];
    private int length;

    public Text() {}

    public Text(String text) {
        set(text);
    }

    public Text(Text other) {
        set(other);
    }

    public void set(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
        length = bytes.length;
    }

    public void set(Text other) {
        set(other.bytes, 0, other.length);
    }

    public void set(byte[] utf8, int offset, int count) {
        clear();
        append(utf8, offset, count);
    }

    public void append(byte[] utf8, int offset, int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, length + (length >> 1)));
        }
        System.arraycopy(utf8, offset, bytes, length, count);
        length = needed;
    }

    public void clear() {
        length = 0;
    }

    @Override
    public byte[] getBytes() {
        return bytes;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** @throws CharacterCodingException where the bytes are not UTF-8 */
    public static String decode(byte[] utf8, int offset, int count) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(utf8, offset, count))
                .toString();
    }

    /** The code point at the buffer's position, which moves behind it; -1 where there is none. */
    public static int bytesToCodePoint(ByteBuffer utf8) {
        if (!utf8.hasRemaining()) {
            return -1;
        }
        int lead = utf8.get(utf8.position()) & 0xFF;
        int count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        var sequence = new byte[Math.min(count, utf8.remaining())];
        utf8.get(sequence);
        try {
            return decode(sequence, 0, sequence.length).codePointAt(0);
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
