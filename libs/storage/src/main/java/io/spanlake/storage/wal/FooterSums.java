package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import java.util.List;

/** Counts, times and sums that follow from the writes: the writer states them, the reader computes them again. */
final class FooterSums {
    private FooterSums() {}

    /** @param blocks at least one, each with at least one write */
    static ObjectBlocks objectBlocks(ObjectRef object, List<BlockRef> blocks) {
        long writes = 0;
        long oldest = -1;
        long newest = 0;
        for (var block : blocks) {
            writes += block.writes().size();
            for (var write : block.writes()) {
                long transaction = write.stamp().transaction().value();
                oldest = Long.compareUnsigned(transaction, oldest) < 0 ? transaction : oldest;
                newest = Long.compareUnsigned(transaction, newest) > 0 ? transaction : newest;
            }
        }
        return new ObjectBlocks(object, writes, new TransactionId(oldest), new TransactionId(newest), blocks);
    }

    static long stampSum(ObjectBlocks blocks) {
        long objectHash = StampSum.hashOf(blocks.object());
        long sum = 0;
        for (var block : blocks.blocks()) {
            for (var write : block.writes()) {
                sum += StampSum.term(objectHash, write.rowHash(), write.stamp());
            }
        }
        return sum;
    }
}
