package io.spanlake.storage.part;

import java.util.UUID;

/** What the rows of a part were made of: so that a catalog can be made anew from the parts alone. */
public sealed interface PartInput {
    /** Blob that it lies in. */
    String blob();

    /**
     * A section of a processed blob: the row states of one segment from one cut of one partition.
     *
     * @param first Kafka offset of the cut's first record, inclusive
     * @param next  Kafka offset after its last
     */
    record Section(String blob, UUID segment, int partition, int incarnation, long first, long next)
            implements PartInput {
        public Section {
            if (partition < 0 || incarnation < 0 || first < 0 || next <= first) {
                throw new IllegalArgumentException("not a range: partition %d, incarnation %d, [%d, %d)"
                        .formatted(partition, incarnation, first, next));
            }
        }
    }

    /**
     * Another part.
     *
     * @param blob                  its {@code .part}
     * @param deletionVectorVersion of the rows that were dead in it and were left out; 0 where there was none
     */
    record Part(String blob, int deletionVectorVersion) implements PartInput {
        public Part {
            if (deletionVectorVersion < 0) {
                throw new IllegalArgumentException("deletion vector version " + deletionVectorVersion);
            }
        }
    }
}
