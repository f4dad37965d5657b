package io.spanlake.gateway.overflow;

import io.spanlake.gateway.receive.Patience;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import io.spanlake.service.errors.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Cuts what comes into pieces of one size. Not thread-safe: one subscription. */
final class PieceCutter {
    static final int PIECE_BYTES = 4 << 20;

    private final Patience patience;
    private final long bytesPerSecond;
    private final long limit;
    private byte[] piece = new byte[PIECE_BYTES];
    private int length;
    // Read by the timer, too.
    private volatile long received;

    PieceCutter(Patience patience, long bytesPerSecond, long limit) {
        this.patience = patience;
        this.bytesPerSecond = bytesPerSecond;
        this.limit = limit;
    }

    /** The pieces that the buffer fills; releases the buffer. */
    List<ByteSlice> add(DataBuffer buffer) {
        try {
            patience.rest();
            long total = received + buffer.readableByteCount();
            received = total;
            if (total > limit) {
                throw Refusals.exception(new Refusal.TooLarge("the upload", total, limit));
            }
            if (patience.endsAt(total)) {
                throw tooSlow();
            }
            return cut(buffer);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private List<ByteSlice> cut(DataBuffer buffer) {
        var full = new ArrayList<ByteSlice>(1);
        while (buffer.readableByteCount() > 0) {
            int taken = Math.min(buffer.readableByteCount(), PIECE_BYTES - length);
            buffer.read(piece, length, taken);
            length += taken;
            if (length == PIECE_BYTES) {
                full.add(ByteSlice.of(piece));
                piece = new byte[PIECE_BYTES];
                length = 0;
            }
        }
        return full;
    }

    List<ByteSlice> rest() {
        return length == 0 ? List.of() : List.of(ByteSlice.of(piece, 0, length));
    }

    RefusedException tooSlow() {
        return Refusals.exception(new Refusal.SlowBody(received, bytesPerSecond));
    }
}
