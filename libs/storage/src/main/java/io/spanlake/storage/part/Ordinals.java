package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Sets of ordinals in the portable form of Roaring. */
final class Ordinals {
    private Ordinals() {}

    static byte[] encode(RoaringBitmap ordinals) {
        var compact = ordinals.clone();
        compact.runOptimize();
        var bytes = ByteBuffer.allocate(compact.serializedSizeInBytes());
        compact.serialize(bytes);
        return bytes.array();
    }

    /** @param in where they were read from, for messages */
    static RoaringBitmap decode(ByteSlice bytes, ByteInput in) {
        var ordinals = new RoaringBitmap();
        try {
            ordinals.deserialize(ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length()));
        } catch (IOException e) {
            throw in.corrupt("no bitmap: " + e.getMessage());
        }
        return ordinals;
    }
}
