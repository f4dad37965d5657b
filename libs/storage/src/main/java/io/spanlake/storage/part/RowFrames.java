package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.ZstdFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Frames of a group back to rows. CPU work. */
final class RowFrames {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_BREAKS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private RowFrames() {}

    /** The rows' JSON: ranges of one array, the frame uncompressed, which lives as long as any of them. */
    static List<ByteSlice> lines(RowGroup group, ByteSlice bytes) {
        var lines = new ArrayList<ByteSlice>(group.rows());
        var plain = plain("rows at ", group.json(), bytes);
        int first = 0;
        for (int at = lineBreak(plain, 0); at < plain.length; at = lineBreak(plain, first)) {
            lines.add(ByteSlice.of(plain, first, at - first));
            first = at + 1;
        }
        if (first != plain.length || lines.size() != group.rows()) {
            throw new CorruptBlobException(
                    "rows at %d: %d lines of %d rows".formatted(group.json().offset(), lines.size(), group.rows()));
        }
        return lines;
    }

    /** The place of the next one; the length where none follows. Eight bytes at a time: byte by byte it costs as much as zstd. */
    private static int lineBreak(byte[] plain, int from) {
        int at = from;
        while (at <= plain.length - Long.BYTES) {
            long others = (long) LONGS.get(plain, at) ^ LINE_BREAKS;
            long breaks = ~(((others & LOW_BITS) + LOW_BITS) | others | LOW_BITS);
            if (breaks != 0) {
                return at + Long.numberOfTrailingZeros(breaks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < plain.length && plain[at] != '\n') {
            at++;
        }
        return at;
    }

    static List<RowEntry> keys(RowGroup group, ByteSlice bytes) {
        var frame = group.keys();
        return KeyFrame.decode("keys at " + frame.offset(), plain("keys at ", frame, bytes), group.rows());
    }

    static List<StoredRow> rows(List<ByteSlice> lines, List<RowEntry> keys) {
        var rows = new ArrayList<StoredRow>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            rows.add(new StoredRow(lines.get(i), keys.get(i).header()));
        }
        return rows;
    }

    private static byte[] plain(String what, FrameRef frame, ByteSlice bytes) {
        return ZstdFrame.read(what + frame.offset(), bytes, frame.crc32c(), frame.uncompressedBytes());
    }
}
