package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;

/**
 * JSON on one line. Between its tokens a client may have put line breaks, which are part of the bytes as they were sent:
 * they become spaces, and what stood where is written beside.
 */
final class LineBreaks {
    private static final int BREAK_BYTES_MIN = 1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private LineBreaks() {}

    static boolean in(ByteSlice json) {
        byte[] bytes = json.array();
        int end = json.offset() + json.length();
        int at = json.offset();
        while (at <= end - Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            // Of eight bytes at once: whether any is a control character. Those between tokens are few.
            if (((word - SPACES) & ~word & HIGH_BITS) != 0 && hasBreak(bytes, at, at + Long.BYTES)) {
                return true;
            }
            at += Long.BYTES;
        }
        return hasBreak(bytes, at, end);
    }

    private static boolean hasBreak(byte[] bytes, int first, int end) {
        for (int i = first; i < end; i++) {
            if (isBreak(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns the JSON on one line; the breaks go to {@code out}: each as the bytes since the last, doubled, plus 1 for CR. */
    static ByteSlice take(ByteSlice json, BinaryWriter out) {
        byte[] line = json.toArray();
        var breaks = new ArrayList<Long>();
        int next = 0;
        for (int i = 0; i < line.length; i++) {
            if (isBreak(line[i])) {
                breaks.add(2L * (i - next) + (line[i] == '\r' ? 1 : 0));
                line[i] = ' ';
                next = i + 1;
            }
        }
        out.putVarint(breaks.size());
        breaks.forEach(out::putVarlong);
        return ByteSlice.of(line);
    }

    /** The JSON as it was sent. */
    static ByteSlice restore(ByteSlice line, BinaryReader in) {
        byte[] json = line.toArray();
        long at = -1;
        for (int left = in.nextCount("line breaks", BREAK_BYTES_MIN); left > 0; left--) {
            long gap = in.nextVarlong("line break");
            at += 1 + (gap >>> 1);
            if (at < 0 || at >= json.length || json[(int) at] != ' ') {
                throw in.fault("a line break where no space is");
            }
            json[(int) at] = (byte) ((gap & 1) == 1 ? '\r' : '\n');
        }
        return ByteSlice.of(json);
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }
}
