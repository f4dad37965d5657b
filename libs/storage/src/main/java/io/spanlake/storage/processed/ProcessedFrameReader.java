package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowStateCodec;
import io.spanlake.model.row.RowStateFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.ZstdFrame;
import java.util.ArrayList;
import java.util.List;

/** Frames back to row states. */
public final class ProcessedFrameReader {
    private ProcessedFrameReader() {}

    /**
     * Every state of a frame, in the order of {@link FrameRef#rows()}, each checked against what the footer says of it.
     * Their values are ranges of one array, the frame uncompressed: it lives as long as any of them. CPU work: call it off
     * the event loops.
     *
     * @param bytes the frame's bytes, exactly
     * @throws CorruptBlobException where a byte of it is not what was written
     */
    public static List<RowState> decode(ObjectRef object, FrameRef frame, ByteSlice bytes) {
        var what = "frame at " + frame.offset();
        var plain = plain(what, FrameOutline.of(frame), bytes);
        var states = new ArrayList<RowState>(frame.rows().size());
        for (var row : frame.rows()) {
            states.add(state(object, row, plain, what));
        }
        return states;
    }

    /**
     * A frame that was decoded by its ref before: its checksum says that it is what was checked then.
     *
     * @throws CorruptBlobException where a byte of it is not what was written
     */
    public static OpenFrame open(ObjectRef object, FrameOutline frame, ByteSlice bytes) {
        return new OpenFrame(object, frame, plain("frame at " + frame.offset(), frame, bytes));
    }

    private static ByteSlice plain(String what, FrameOutline frame, ByteSlice bytes) {
        if (bytes.length() != frame.length()) {
            throw new CorruptBlobException("%s: %d bytes, not %d".formatted(what, bytes.length(), frame.length()));
        }
        return ByteSlice.of(ZstdFrame.read(what, bytes, frame.crc32c(), frame.uncompressedBytes()));
    }

    private static RowState state(ObjectRef object, ProcessedRow row, ByteSlice plain, String what) {
        try {
            var state = RowStateCodec.decode(object, plain.slice(row.offset(), row.length()));
            if (row.describes(state)) {
                return state;
            }
        } catch (RowStateFormatException e) {
            throw new CorruptBlobException("%s, row at %d: %s".formatted(what, row.offset(), e.getMessage()), e);
        }
        throw new CorruptBlobException(
                "%s, row at %d: not the one that the footer describes".formatted(what, row.offset()));
    }

    /** @throws CorruptBlobException where a byte of it is not what was written */
    static TokenFilter filter(FrameRef frame, ByteSlice bytes) {
        var ref = frame.filter();
        if (bytes.length() != ref.length() || Crc.of(bytes) != ref.crc32c()) {
            throw new CorruptBlobException("filter at %d: not what was written".formatted(ref.offset()));
        }
        return TokenFilter.read(bytes);
    }
}
