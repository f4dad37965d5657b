package io.spanlake.model.envelope;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads on through a record and never past its end. */
final class RecordBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ByteSlice record;
    private int at;

    RecordBytes(ByteSlice record) {
        this.record = record;
    }

    int remaining() {
        return record.length() - at;
    }

    EnvelopeException fault(String what) {
        return new EnvelopeException("%s, before byte %d of %d".formatted(what, at, record.length()));
    }

    EnvelopeException fault(String what, Throwable cause) {
        return new EnvelopeException("%s, before byte %d of %d".formatted(what, at, record.length()), cause);
    }

    byte next(String what) {
        require(1, what);
        return record.at(at++);
    }

    long nextLong(String what) {
        require(Long.BYTES, what);
        long value = (long) LONGS.get(record.array(), record.offset() + at);
        at += Long.BYTES;
        return value;
    }

    int nextUnsignedShort(String what) {
        require(Short.BYTES, what);
        int value = (record.at(at) & 0xFF) << 8 | (record.at(at + 1) & 0xFF);
        at += Short.BYTES;
        return value;
    }

    /** Only the shortest form of a number is one. */
    int nextVarint(String what) {
        long value = 0;
        for (int shift = 0; shift < 7 * Varint.BYTES_MAX; shift += 7) {
            byte b = next(what);
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                if (value > Integer.MAX_VALUE || (b == 0 && shift > 0)) {
                    throw fault(what + " is no number");
                }
                return (int) value;
            }
        }
        throw fault(what + " is no number");
    }

    String nextText(String what, int bytesMax) {
        return nextText(what, nextVarint(what), bytesMax);
    }

    String nextText(String what, int bytes, int bytesMax) {
        if (bytes > bytesMax) {
            throw fault("%s of %d bytes, the limit is %d".formatted(what, bytes, bytesMax));
        }
        var text = nextSlice(bytes, what);
        if (!JsonText.isValidUtf8(text)) {
            throw fault(what + " is not UTF-8");
        }
        return text.toUtf8();
    }

    ByteSlice nextSlice(int bytes, String what) {
        require(bytes, what);
        var slice = record.slice(at, bytes);
        at += bytes;
        return slice;
    }

    private void require(int bytes, String what) {
        if (bytes > remaining()) {
            throw fault("ends within " + what);
        }
    }
}
