package io.spanlake.blobstore;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;

/** Cuts parts into blocks of one size, the last one shorter, without copying. */
final class Blocks {
    private Blocks() {}

    static List<List<ByteSlice>> of(List<ByteSlice> parts, int blockBytes) {
        var blocks = new ArrayList<List<ByteSlice>>();
        var block = new ArrayList<ByteSlice>();
        int room = blockBytes;
        for (var part : parts) {
            int offset = 0;
            while (offset < part.length()) {
                int length = Math.min(room, part.length() - offset);
                block.add(part.slice(offset, length));
                offset += length;
                room -= length;
                if (room == 0) {
                    blocks.add(List.copyOf(block));
                    block.clear();
                    room = blockBytes;
                }
            }
        }
        if (!block.isEmpty()) {
            blocks.add(List.copyOf(block));
        }
        return blocks;
    }
}
