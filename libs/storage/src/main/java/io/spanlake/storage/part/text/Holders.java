package io.spanlake.storage.part.text;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows that hold a text, per top-level field, as bytes:
 *
 * <pre>
 * 4 bytes  the lowest ordinal, highest byte first
 * per field, ascending
 *   varint   the field's number
 *   per run of ordinals
 *     varint   2 × (1 + ordinals passed over since the end of the run before, or since the lowest) + (1 if it is longer than one)
 *     varint   ordinals in it − 2; only if it is longer than one
 *   varint   0
 * </pre>
 *
 * What would be longer than Lucene lets a value be is cut in several; the text then has several documents. Not thread-safe.
 */
final class Holders {
    /** Lucene takes 32,766. */
    private static final int BYTES_MAX = 32_000;

    @FunctionalInterface
    interface Sink {
        /**
         * @param holders good until it returns
         * @param again   whether these are more holders of the same text
         */
        void accept(BytesRef holders, boolean again) throws IOException;
    }

    private byte[] bytes = new byte[BYTES_MAX + 32];
    private int length;

    static long key(int field, int ordinal) {
        return (long) field << 32 | ordinal;
    }

    /**
     * @param keys of the holders; come out sorted
     */
    void encode(long[] keys, int count, Sink sink) throws IOException {
        Arrays.sort(keys, 0, count);
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, (int) keys[i]);
        }
        begin(lowest);
        boolean again = false;
        int i = 0;
        while (i < count) {
            int field = (int) (keys[i] >>> 32);
            putVarint(field);
            int passed = lowest;
            while (i < count && (int) (keys[i] >>> 32) == field && length < BYTES_MAX) {
                int next = endOfRun(keys, i, count);
                putRun((int) keys[i] - passed, next - i);
                passed = (int) keys[next - 1] + 1;
                i = next;
            }
            putVarint(0);
            if (length >= BYTES_MAX && i < count) {
                sink.accept(new BytesRef(bytes, 0, length), again);
                again = true;
                begin(lowest);
            }
        }
        sink.accept(new BytesRef(bytes, 0, length), again);
    }

    private static int endOfRun(long[] keys, int first, int count) {
        int next = first + 1;
        while (next < count && keys[next] == keys[next - 1] + 1) {
            next++;
        }
        return next;
    }

    private void begin(int lowest) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (lowest >>> (24 - 8 * i));
        }
        length = Integer.BYTES;
    }

    private void putRun(int gap, int ordinals) {
        putVarint(2L * (1 + gap) + (ordinals > 1 ? 1 : 0));
        if (ordinals > 1) {
            putVarint(ordinals - 2);
        }
    }

    private void putVarint(long value) {
        long rest = value;
        while (rest > 0x7F) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Gets what is in the bytes. */
    interface Reader {
        void run(int field, int first, int next);
    }

    static void decode(BytesRef holders, Reader reader) {
        byte[] bytes = holders.bytes;
        int at = holders.offset;
        int end = holders.offset + holders.length;
        int lowest = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            lowest = lowest << 8 | (bytes[at++] & 0xFF);
        }
        var varints = new Varints(bytes, at);
        while (varints.at < end) {
            int field = (int) varints.next();
            int passed = lowest;
            for (long token = varints.next(); token != 0; token = varints.next()) {
                int first = passed + (int) (token >>> 1) - 1;
                passed = first + ((token & 1) == 0 ? 1 : (int) varints.next() + 2);
                reader.run(field, first, passed);
            }
        }
    }

    private static final class Varints {
        private final byte[] bytes;
        private int at;

        Varints(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long next() {
            long value = 0;
            int shift = 0;
            while (true) {
                byte b = bytes[at++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
                shift += 7;
            }
        }
    }

    /** @param rows of each field, null where they are not asked for */
    static void addTo(@Nullable RoaringBitmap[] rows, BytesRef holders) {
        decode(holders, (field, first, next) -> {
            var bitmap = field < rows.length ? rows[field] : null;
            if (bitmap != null) {
                bitmap.add((long) first, (long) next);
            }
        });
    }
}
