package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.roaringbitmap.InvalidRoaringFormat;
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
            if (ordinals.serializedSizeInBytes() != bytes.length() || !isAscending(ordinals)) {
                throw in.corrupt("no bitmap of ordinals: its containers do not fit together");
            }
        } catch (IOException
                | InvalidRoaringFormat
                | BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw in.corrupt("no bitmap of ordinals: " + e.getMessage());
        }
        return ordinals;
    }

    /** Roaring believes what it reads: containers out of order, counts that are none. An ordinal has 31 bits. */
    private static boolean isAscending(RoaringBitmap ordinals) {
        var some = new int[256];
        long count = 0;
        int last = -1;
        var all = ordinals.getBatchIterator();
        while (all.hasNext()) {
            int next = all.nextBatch(some);
            for (int i = 0; i < next; i++) {
                if (some[i] <= last) {
                    return false;
                }
                last = some[i];
            }
            count += next;
        }
        return count == ordinals.getLongCardinality();
    }
}
