package io.spanlake.gateway.overflow;

import io.spanlake.gateway.receive.ReceiveLimits;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Cuts what comes into pieces of one size. Not thread-safe: one subscription. */
final class PieceCutter {
    static final int PIECE_BYTES = 4 << 20;

    private final ReceiveLimits pace;
    private final long limit;
    private final LongSupplier nanos;
    private final long startedNanos;
    private byte[] piece = new byte[PIECE_BYTES];
    private int length;
    private long received;

    PieceCutter(ReceiveLimits pace, long limit, LongSupplier nanos) {
        this.pace = pace;
        this.limit = limit;
        this.nanos = nanos;
        this.startedNanos = nanos.getAsLong();
    }

    /** The pieces that the buffer fills; releases the buffer. */
    List<ByteSlice> add(DataBuffer buffer) {
        try {
            received += buffer.readableByteCount();
            if (received > limit) {
                throw Refusals.exception(new Refusal.TooLarge("the upload", received, limit));
            }
            if (pace.tooSlow(received, Duration.ofNanos(nanos.getAsLong() - startedNanos))) {
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

    RuntimeException tooSlow() {
        return Refusals.exception(new Refusal.SlowBody(received, pace.bytesPerSecond()));
    }
}
