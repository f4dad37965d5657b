package io.spanlake.gateway.receive;

import io.spanlake.gateway.bound.Held;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import java.util.Arrays;

/** An array that grows, each growth reserved before it is made. Not thread-safe. */
final class GrowingBytes {
    private static final int FIRST = 16 * 1024;

    private final String what;
    private final long limit;
    private final Held held;
    private byte[] bytes;
    private int length;

    /**
     * @param what     as it stands in refusals: "the body"
     * @param capacity bytes that are expected
     * @param reserved whether the capacity is part of what is held already
     */
    GrowingBytes(String what, long limit, long capacity, boolean reserved, Held held) {
        this.what = what;
        this.limit = limit;
        this.held = held;
        if (!reserved) {
            held.grow(capacity);
        }
        this.bytes = new byte[(int) capacity];
    }

    int length() {
        return length;
    }

    /** Makes room for so many more and says where they go. */
    int room(int more) {
        long wanted = (long) length + more;
        if (wanted > limit) {
            throw Refusals.exception(new Refusal.TooLarge(what, wanted, limit));
        }
        if (wanted > bytes.length) {
            // Doubled, but never beyond the limit: at the last step old and new array are 1.5 times the limit.
            long capacity = Math.min(limit, Math.max(wanted, Math.max(FIRST, 2L * bytes.length)));
            long before = bytes.length;
            held.grow(capacity);
            bytes = Arrays.copyOf(bytes, (int) capacity);
            held.shrink(before);
        }
        return length;
    }

    /** Room that is there already. */
    int free() {
        return bytes.length - length;
    }

    byte[] array() {
        return bytes;
    }

    void filled(int more) {
        length += more;
    }

    ByteSlice slice() {
        return ByteSlice.of(bytes, 0, length);
    }
}
