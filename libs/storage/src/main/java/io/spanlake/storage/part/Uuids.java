package io.spanlake.storage.part;

import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import java.util.UUID;

/** A UUID as its sixteen bytes in the order in which it is written. */
final class Uuids {
    static final int BYTES = 2 * Long.BYTES;

    private Uuids() {}

    static void write(ByteOutput out, UUID value) {
        out.u64(Long.reverseBytes(value.getMostSignificantBits()))
                .u64(Long.reverseBytes(value.getLeastSignificantBits()));
    }

    static UUID read(ByteInput in) {
        return new UUID(Long.reverseBytes(in.u64()), Long.reverseBytes(in.u64()));
    }
}
