package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowStateCodec;
import io.spanlake.model.row.RowStateFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A frame, checked and inflated. To make its states takes some times as long as to inflate it, so they are made when they are asked for
 * first; whoever only looks for something in their JSON needs none. Thread-safe. All that it tells are ranges of one array.
 */
public final class OpenFrame {
    private final ObjectRef object;
    private final FrameOutline outline;
    private final ByteSlice plain;
    private volatile @Nullable List<RowState> states;

    OpenFrame(ObjectRef object, FrameOutline outline, ByteSlice plain) {
        this.object = object;
        this.outline = outline;
        this.plain = plain;
    }

    public int rows() {
        return outline.rows();
    }

    /**
     * Of each state, in their order, as {@link RowStateCodec#json} has it.
     *
     * @throws CorruptBlobException where it is not what was written
     */
    public List<ByteSlice> json() {
        return ofEach(RowStateCodec::json);
    }

    /** Whether {@link #states} has nothing to do any more. */
    public boolean isDecoded() {
        return states != null;
    }

    /**
     * All of them, in their order. CPU work the first time, for which others wait who ask meanwhile: call it off the event loops.
     *
     * @throws CorruptBlobException where it is not what was written
     */
    public List<RowState> states() {
        var made = states;
        return made == null ? made() : made;
    }

    private synchronized List<RowState> made() {
        var made = states;
        if (made == null) {
            made = ofEach(bytes -> RowStateCodec.decode(object, bytes));
            states = made;
        }
        return made;
    }

    private <T> List<T> ofEach(Function<ByteSlice, T> reading) {
        return IntStream.range(0, outline.rows())
                .mapToObj(row -> of(row, reading))
                .toList();
    }

    private <T> T of(int row, Function<ByteSlice, T> reading) {
        int offset = outline.rowOffset(row);
        try {
            return reading.apply(plain.slice(offset, outline.rowEnd(row) - offset));
        } catch (RowStateFormatException e) {
            throw new CorruptBlobException(
                    "frame at %d, row at %d: %s".formatted(outline.offset(), offset, e.getMessage()), e);
        }
    }
}
