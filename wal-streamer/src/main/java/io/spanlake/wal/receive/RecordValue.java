package io.spanlake.wal.receive;

import io.spanlake.model.ByteSlice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The value of a record as the Kafka client gives it. Of a compressed batch each record has an array of its own. */
final class RecordValue {
    /** A record's key, headers and lengths, which lie in the same array. */
    private static final int AROUND_MAX = 1024;

    private RecordValue() {}

    /** Not copied where the array is its own; else it would keep a whole fetch in memory. */
    static ByteSlice of(@Nullable ByteBuffer value) {
        if (value == null) {
            // It is no envelope either.
            return ByteSlice.of(new byte[0]);
        }
        boolean own = value.hasArray() && value.array().length - value.remaining() <= AROUND_MAX;
        return own
                ? ByteSlice.of(value.array(), value.arrayOffset() + value.position(), value.remaining())
                : copied(value);
    }

    private static ByteSlice copied(ByteBuffer value) {
        var bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return ByteSlice.of(bytes);
    }
}
