package io.spanlake.gateway.receive;

import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import io.spanlake.service.errors.RefusedException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * One body while it comes. Once refused it keeps nothing, gives its memory back, and drops the rest. Not thread-safe: one
 * subscription.
 */
final class ArrivingBody {
    private final ReceiveLimits limits;
    private final OptionalLong stated;
    private final Patience patience;
    private final Held held;
    private @Nullable GrowingBytes kept;
    private @Nullable RefusedException refusal;
    // Read by the timer, too.
    private volatile long received;

    /** @param held has the stated length already */
    ArrivingBody(ReceiveLimits limits, OptionalLong stated, Held held, Patience patience) {
        this.limits = limits;
        this.stated = stated;
        this.held = held;
        this.patience = patience;
        this.kept = new GrowingBytes("the body", limits.bodyBytesMax(), stated.orElse(held.bytes()), true, held);
    }

    /** A body that is refused before it comes, and only dropped. */
    ArrivingBody(ReceiveLimits limits, RefusedException refusal, Held held, Patience patience) {
        this.limits = limits;
        this.stated = OptionalLong.empty();
        this.held = held;
        this.patience = patience;
        this.refusal = refusal;
    }

    /** @throws RefusedException where so much was dropped, or so slowly, that the connection may as well be cut */
    void add(DataBuffer buffer) {
        try {
            int bytes = buffer.readableByteCount();
            patience.renew();
            long total = received + bytes;
            received = total;
            if (patience.endsAt(total)) {
                throw tooSlow();
            }
            if (refusal == null) {
                keep(buffer, bytes);
            } else if (received > limits.dropBytesMax()) {
                throw refusal;
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void keep(DataBuffer buffer, int bytes) {
        var into = kept;
        if (into == null) {
            throw new IllegalStateException("a body that is kept has an array");
        }
        try {
            int at = into.room(bytes);
            buffer.read(into.array(), at, bytes);
            into.filled(bytes);
        } catch (RefusedException refused) {
            refuse(refused);
        }
    }

    private void refuse(RefusedException refused) {
        refusal = refused;
        kept = null;
        held.release();
    }

    RefusedException tooSlow() {
        return Refusals.exception(new Refusal.SlowBody(received, limits.bytesPerSecond()));
    }

    /** @throws RefusedException where the body was refused on the way */
    ByteSlice end() {
        if (refusal != null) {
            throw refusal;
        }
        if (stated.isPresent() && stated.getAsLong() != received) {
            throw Refusals.exception(new Refusal.LengthMismatch(stated.getAsLong(), received));
        }
        if (kept == null) {
            throw new IllegalStateException("a body that was not refused has an array");
        }
        return kept.slice();
    }
}
