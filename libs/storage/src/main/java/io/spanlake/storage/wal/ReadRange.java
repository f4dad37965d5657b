package io.spanlake.storage.wal;

import java.util.ArrayList;
import java.util.List;

/** Neighbouring blocks that one ranged read fetches. */
record ReadRange(long offset, int length, List<BlockRef> blocks) {
    ReadRange {
        blocks = List.copyOf(blocks);
    }

    /**
     * Joins blocks that lie side by side.
     *
     * @param bytesMax of one read; a block larger than that is read alone
     */
    static List<ReadRange> of(List<BlockRef> blocks, int bytesMax) {
        var ranges = new ArrayList<ReadRange>();
        var group = new ArrayList<BlockRef>();
        for (var block : blocks) {
            if (!group.isEmpty() && !joins(group, block, bytesMax)) {
                ranges.add(rangeOf(group));
                group.clear();
            }
            group.add(block);
        }
        if (!group.isEmpty()) {
            ranges.add(rangeOf(group));
        }
        return ranges;
    }

    private static boolean joins(List<BlockRef> group, BlockRef block, int bytesMax) {
        return block.offset() == group.getLast().end()
                && block.end() - group.getFirst().offset() <= bytesMax;
    }

    private static ReadRange rangeOf(List<BlockRef> group) {
        long offset = group.getFirst().offset();
        return new ReadRange(offset, (int) (group.getLast().end() - offset), group);
    }
}
