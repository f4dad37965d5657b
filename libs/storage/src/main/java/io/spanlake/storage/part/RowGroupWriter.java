package io.spanlake.storage.part;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.Crc;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Packs rows into groups and writes them: the lines to one file, the keys to another. Holds the rows of one group. Blocks.
 * Not thread-safe.
 *
 * <ol>
 *   <li>a group ends with the first trace that ends beyond {@code frameBytes};
 *   <li>where a trace would take it beyond {@code frameBytesMax}, it ends before that trace;
 *   <li>a trace that is larger than that alone is cut between two rows;
 *   <li>a row that is larger than that alone is a group;
 *   <li>rows that come from another part as they lie there are a group as they are one there, unless it was a small one: their
 *       frame is copied.
 * </ol>
 */
final class RowGroupWriter implements Closeable {
    /** A frame of less than a fourth of the usual size goes into the next. */
    private static final int SMALL_FRAME = 4;

    private static final int LINES_AT_FIRST = 64 << 10;
    private static final byte[] NO_LINES = {};

    private final PartSettings settings;
    private final PartOutput rows;
    private final PartOutput keys;
    private final ZstdCompressCtx zstd;
    private final List<RowGroup> groups = new ArrayList<>();

    private final List<RowEntry> pending = new ArrayList<>();
    /** Of each pending row, where its line ends. */
    private final List<Integer> lineEnds = new ArrayList<>();

    private byte[] lines = new byte[LINES_AT_FIRST];
    private byte[] compressed = new byte[LINES_AT_FIRST];
    private int length;
    /** Index of the first pending row of the trace that came last. */
    private int traceFirst;

    /** The frame whose lines the pending rows are, from its first on without a gap; null where they are not. */
    private @Nullable StoredFrame copied;

    /** The array that these lines are ranges of. */
    private byte[] copiedLines = NO_LINES;

    private int ordinal;
    /** Of the last row of the last group; null before there is one. */
    private @Nullable String lastTrace;

    RowGroupWriter(PartSettings settings, PartOutput rows, PartOutput keys) {
        this.settings = settings;
        this.rows = rows;
        this.keys = keys;
        this.zstd = new ZstdCompressCtx().setLevel(settings.level());
    }

    /** Returns whether a trace begins with this row: the last one was of another. */
    boolean add(PartRow row) throws IOException {
        var json = row.stored().json();
        if (json.length() >= PartFormat.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a row of %d bytes; a part holds rows of less than %d"
                    .formatted(json.length(), PartFormat.FRAME_BYTES_MAX));
        }
        var entry = RowEntry.of(row);
        boolean begins = !entry.traceKey()
                .equals(pending.isEmpty() ? lastTrace : pending.getLast().traceKey());
        if (!pending.isEmpty() && (begins ? length >= settings.frameBytes() || mayCopy(row) : isWhole())) {
            close(pending.size());
        }
        if (begins) {
            traceFirst = pending.size();
        }
        while (!pending.isEmpty() && (long) length + json.length() >= settings.frameBytesMax()) {
            close(traceFirst > 0 ? traceFirst : pending.size());
        }
        copied = goesOn(row) ? row.frame().orElse(null) : null;
        copiedLines = json.array();
        append(json);
        pending.add(entry);
        lineEnds.add(length);
        return begins;
    }

    /** Whether a frame begins with the row that could be copied, and what is pending is large enough to be one itself. */
    private boolean mayCopy(PartRow row) {
        boolean first = row.frame().isPresent() && row.stored().json().offset() == 0;
        return isWhole() || (first && length >= settings.frameBytes() / SMALL_FRAME);
    }

    /** Whether the pending rows are all the lines of one frame. */
    private boolean isWhole() {
        return copied != null && copied.uncompressedBytes() == length;
    }

    /** Whether the row follows the pending ones in their frame too: they are ranges of one array. */
    private boolean goesOn(PartRow row) {
        var json = row.stored().json();
        return row.frame().isPresent()
                && json.offset() == length
                && (pending.isEmpty() || (copied != null && copiedLines == json.array()));
    }

    private void append(ByteSlice json) {
        int needed = Math.addExact(length, json.length() + 1);
        if (needed > lines.length) {
            lines = Arrays.copyOf(lines, (int) Math.max(needed, Math.min(2L * lines.length, settings.frameBytesMax())));
        }
        System.arraycopy(json.array(), json.offset(), lines, length, json.length());
        lines[needed - 1] = '\n';
        length = needed;
    }

    /** Writes the first {@code count} pending rows. */
    private void close(int count) throws IOException {
        int end = lineEnds.get(count - 1);
        var json = isWhole() && end == length ? copy(Objects.requireNonNull(copied)) : write(rows, lines, end);
        var keyBytes = KeyFrame.encode(pending.subList(0, count));
        boolean continues = pending.getFirst().traceKey().equals(lastTrace);
        groups.add(new RowGroup(ordinal, count, continues, json, write(keys, keyBytes.array(), keyBytes.length())));
        ordinal += count;
        lastTrace = pending.get(count - 1).traceKey();
        System.arraycopy(lines, end, lines, 0, length - end);
        length -= end;
        pending.subList(0, count).clear();
        lineEnds.subList(0, count).clear();
        lineEnds.replaceAll(lineEnd -> lineEnd - end);
        traceFirst = 0;
        copied = null;
        copiedLines = NO_LINES;
        giveBack();
    }

    /** What a row took that was larger than frames are. */
    private void giveBack() {
        if (length == 0 && lines.length > settings.frameBytesMax()) {
            lines = new byte[LINES_AT_FIRST];
        }
        if (compressed.length > settings.frameBytesMax()) {
            compressed = new byte[LINES_AT_FIRST];
        }
    }

    private FrameRef copy(StoredFrame frame) throws IOException {
        long offset = rows.position();
        rows.append(frame.compressed());
        return new FrameRef(offset, frame.compressed().length(), frame.uncompressedBytes(), frame.crc32c());
    }

    private FrameRef write(PartOutput target, byte[] bytes, int count) throws IOException {
        int bound = Math.toIntExact(Zstd.compressBound(count));
        if (bound > compressed.length) {
            compressed = new byte[bound];
        }
        int written = zstd.compressByteArray(compressed, 0, compressed.length, bytes, 0, count);
        var frame = ByteSlice.of(compressed, 0, written);
        long offset = target.position();
        target.append(frame);
        return new FrameRef(offset, written, count, Crc.of(frame));
    }

    /** All groups; the offsets of their frames are those in the two files. */
    List<RowGroup> finish() throws IOException {
        if (!pending.isEmpty()) {
            close(pending.size());
        }
        return List.copyOf(groups);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
