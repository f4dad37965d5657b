package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import java.util.List;
import java.util.Optional;

/**
 * What the footer says of one partition's range.
 *
 * @param first    Kafka offset of the first record, inclusive
 * @param next     Kafka offset after the last
 * @param writes   how many
 * @param stampSum see {@link StampSum}
 * @param objects  in order of {@link ObjectRef}, each once
 */
public record WalSectionFooter(
        int partition, int incarnation, long first, long next, long writes, long stampSum, List<ObjectBlocks> objects) {
    public WalSectionFooter {
        objects = List.copyOf(objects);
    }

    public Optional<ObjectBlocks> blocksOf(ObjectRef object) {
        return objects.stream().filter(blocks -> blocks.object().equals(object)).findFirst();
    }
}
