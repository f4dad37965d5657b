package io.spanlake.gateway.receive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Inflates a body, counting as it goes. CPU work: not for an event loop. */
final class Inflation {
    private static final int STEP = 64 * 1024;
    /** Small bodies may inflate as far as they like. */
    private static final long RATIO_FROM = 1 << 20;
    /** 16 MiB, what level 19 uses at most; larger windows would be native memory that nobody has reserved. */
    private static final int ZSTD_WINDOW_LOG_MAX = 24;

    private final ReceiveLimits limits;

    Inflation(ReceiveLimits limits) {
        this.limits = limits;
    }

    /** @param held grows by the inflated bytes, and shrinks by those of the compressed body in the end */
    ByteSlice inflate(Encoding encoding, ByteSlice compressed, Held held) {
        long expected = Math.clamp(expected(encoding, compressed), STEP, mayInflateTo(compressed.length()));
        var inflated = new GrowingBytes("the inflated body", limits.bodyBytesMax(), expected, false, held);
        try (var source = open(encoding, compressed)) {
            while (read(source, inflated)) {
                checkRatio(encoding, compressed.length(), inflated.length());
            }
        } catch (IOException broken) {
            throw Refusals.exception(new Refusal.BadCompression(encoding.text(), faultOf(broken)));
        }
        held.shrink(compressed.length());
        return inflated.slice();
    }

    private boolean read(InputStream source, GrowingBytes inflated) throws IOException {
        if (inflated.free() == 0) {
            int next = source.read();
            if (next < 0) {
                return false;
            }
            // Room first: it may be another array afterwards.
            int at = inflated.room(1);
            inflated.array()[at] = (byte) next;
            inflated.filled(1);
            return true;
        }
        int read = source.read(inflated.array(), inflated.length(), Math.min(STEP, inflated.free()));
        inflated.filled(Math.max(0, read));
        return read >= 0;
    }

    private long mayInflateTo(int compressed) {
        return Math.min(limits.bodyBytesMax(), Math.max(RATIO_FROM, compressed * limits.ratioMax()));
    }

    private void checkRatio(Encoding encoding, int compressed, int inflated) {
        if (inflated > RATIO_FROM && inflated / limits.ratioMax() > compressed) {
            throw Refusals.exception(new Refusal.InflatesTooFar(encoding.text(), limits.ratioMax()));
        }
    }

    private static InputStream open(Encoding encoding, ByteSlice compressed) throws IOException {
        var bytes = new ByteArrayInputStream(compressed.array(), compressed.offset(), compressed.length());
        return switch (encoding) {
            case IDENTITY -> bytes;
            case GZIP -> new GZIPInputStream(bytes, STEP);
            case DEFLATE -> deflated(bytes, new Inflater(isRaw(compressed)));
            case ZSTD -> new ZstdInputStreamNoFinalizer(bytes).setLongMax(ZSTD_WINDOW_LOG_MAX);
        };
    }

    private static InputStream deflated(InputStream bytes, Inflater inflater) {
        return new InflaterInputStream(bytes, inflater, STEP) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    /** "deflate" is a zlib stream by the book, but some clients send it bare. */
    private static boolean isRaw(ByteSlice compressed) {
        if (compressed.length() < 2) {
            return false;
        }
        int head = (compressed.at(0) & 0xFF) << 8 | (compressed.at(1) & 0xFF);
        return (compressed.at(0) & 0x0F) != 8 || head % 31 != 0;
    }

    /** What the stream itself says of its size: only a hint, for the array to be right the first time. */
    private static long expected(Encoding encoding, ByteSlice compressed) {
        int length = compressed.length();
        return switch (encoding) {
            case GZIP -> length < 18 ? 0 : littleEndian(compressed, length - 4);
            case ZSTD -> Zstd.getFrameContentSize(compressed.array(), compressed.offset(), length);
            case DEFLATE, IDENTITY -> 4L * length;
        };
    }

    private static long littleEndian(ByteSlice bytes, int at) {
        return (bytes.at(at) & 0xFFL)
                | (bytes.at(at + 1) & 0xFFL) << 8
                | (bytes.at(at + 2) & 0xFFL) << 16
                | (bytes.at(at + 3) & 0xFFL) << 24;
    }

    private static String faultOf(IOException broken) {
        return broken instanceof java.io.EOFException ? "it is cut off" : String.valueOf(broken.getMessage());
    }
}
