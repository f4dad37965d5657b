package io.spanlake.storage.part.index;

import io.spanlake.model.json.Utf8;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/** A term being put together, in memory that is used again. Not thread-safe. */
final class TermBytes {
    private static final int USUAL_BYTES = 128;

    private final BytesRef term = new BytesRef(new byte[USUAL_BYTES], 0, 0);

    /** Lone surrogates in the three bytes that terms have for them. */
    static byte[] utf8(String text) {
        var out = new TermBytes();
        text.codePoints().forEach(out::putCodePoint);
        return out.copy().bytes;
    }

    /** The term so far: its bytes change with what comes next. */
    BytesRef term() {
        return term;
    }

    BytesRef copy() {
        return BytesRef.deepCopyOf(term);
    }

    TermBytes clear() {
        term.length = 0;
        return this;
    }

    TermBytes put(int b) {
        ensure(1);
        term.bytes[term.length++] = (byte) b;
        return this;
    }

    TermBytes put(byte[] bytes, int first, int next) {
        ensure(next - first);
        System.arraycopy(bytes, first, term.bytes, term.length, next - first);
        term.length += next - first;
        return this;
    }

    TermBytes put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    TermBytes putInt(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    /** The lowest {@code count} bytes, highest first. */
    TermBytes putLong(long value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
        return this;
    }

    TermBytes putCodePoint(int codePoint) {
        ensure(4);
        term.length = Utf8.put(codePoint, term.bytes, term.length);
        return this;
    }

    /** Room for {@code more} bytes at {@code term().bytes[term().length]}. */
    void ensure(int more) {
        if (term.bytes.length - term.length < more) {
            term.bytes = Arrays.copyOf(term.bytes, Math.max(term.length + more, 2 * term.bytes.length));
        }
    }
}
