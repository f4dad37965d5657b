package io.spanlake.query.tail;

import io.spanlake.catalog.SectionRef;
import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads a section and keeps of each write its key only. */
final class SectionReader {
    private final TailBlobs blobs;

    SectionReader(TailBlobs blobs) {
        this.blobs = blobs;
    }

    Mono<SectionKeys> keys(TailObject object, SectionRef section) {
        return blobs.blockSizes(object, section)
                .flatMap(sizes -> blobs.writes(object, section)
                        .collect(() -> new KeysUnderWay(sizes), KeysUnderWay::add)
                        .map(keys -> new SectionKeys(section, keys.keys)));
    }

    /** Writes come in the order of blocks, so counting says where each lies. */
    private static final class KeysUnderWay {
        final List<WriteKey> keys = new ArrayList<>();
        private final int[] blockSizes;
        private int block;
        private int index;

        KeysUnderWay(int[] blockSizes) {
            this.blockSizes = blockSizes;
        }

        void add(Write write) {
            if (index == blockSizes[block]) {
                block++;
                index = 0;
            }
            keys.add(new WriteKey(
                    write.rowId(),
                    write.traceId(),
                    write.stamp(),
                    write.kind(),
                    block,
                    index,
                    write.json().length()));
            index++;
        }
    }
}
