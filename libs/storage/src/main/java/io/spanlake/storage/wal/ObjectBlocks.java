package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import java.util.List;

/**
 * The writes of one object in one section.
 *
 * @param writes  how many
 * @param oldest  smallest transaction among them
 * @param newest  largest transaction among them
 * @param blocks  at least one, one after another in the blob
 */
public record ObjectBlocks(
        ObjectRef object, long writes, TransactionId oldest, TransactionId newest, List<BlockRef> blocks) {
    public ObjectBlocks {
        blocks = List.copyOf(blocks);
    }
}
