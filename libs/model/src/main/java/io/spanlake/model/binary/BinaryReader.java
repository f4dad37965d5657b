package io.spanlake.model.binary;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads on through a record and never past its end. Not thread-safe. */
public final class BinaryReader {
    /** What is thrown of malformed bytes. */
    public interface Faults {
        RuntimeException of(String message, @Nullable Throwable cause);
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ByteSlice record;
    private final Faults faults;
    private int at;

    public BinaryReader(ByteSlice record, Faults faults) {
        this.record = record;
        this.faults = faults;
    }

    public int remaining() {
        return record.length() - at;
    }

    /** To be thrown by the caller: names the place, never content. */
    public RuntimeException fault(String what) {
        return fault(what, null);
    }

    public RuntimeException fault(String what, @Nullable Throwable cause) {
        return faults.of("%s, before byte %d of %d".formatted(what, at, record.length()), cause);
    }

    /** A count of things of which each has at least so many bytes: so nothing is allocated for what is not there. */
    public int nextCount(String what, int bytesMin) {
        int count = nextVarint("count of " + what);
        if (count > remaining() / bytesMin) {
            throw fault("%d %s in %d bytes".formatted(count, what, remaining()));
        }
        return count;
    }

    public byte next(String what) {
        require(1, what);
        return record.at(at++);
    }

    public long nextLong(String what) {
        require(Long.BYTES, what);
        long value = (long) LONGS.get(record.array(), record.offset() + at);
        at += Long.BYTES;
        return value;
    }

    public int nextUnsignedShort(String what) {
        require(Short.BYTES, what);
        int value = (record.at(at) & 0xFF) << 8 | (record.at(at + 1) & 0xFF);
        at += Short.BYTES;
        return value;
    }

    /** Only the shortest form of a number is one. */
    public int nextVarint(String what) {
        return (int) nextVarint(what, Varint.BYTES_MAX, Integer.MAX_VALUE);
    }

    /** As {@link #nextVarint}, of up to 63 bits. */
    public long nextVarlong(String what) {
        return nextVarint(what, Varint.LONG_BYTES_MAX, Long.MAX_VALUE);
    }

    private long nextVarint(String what, int bytesMax, long max) {
        long value = 0;
        for (int shift = 0; shift < 7 * bytesMax; shift += 7) {
            byte b = next(what);
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                if (value > max || (b == 0 && shift > 0)) {
                    throw fault(what + " is no number");
                }
                return value;
            }
        }
        throw fault(what + " is no number");
    }

    public String nextText(String what, int bytesMax) {
        return nextText(what, nextVarint(what), bytesMax);
    }

    public String nextText(String what, int bytes, int bytesMax) {
        if (bytes > bytesMax) {
            throw fault("%s of %d bytes, the limit is %d".formatted(what, bytes, bytesMax));
        }
        var text = nextSlice(bytes, what);
        if (Utf8.firstFault(text) >= 0) {
            throw fault(what + " is not UTF-8");
        }
        return text.toUtf8();
    }

    public ByteSlice nextSlice(int bytes, String what) {
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
