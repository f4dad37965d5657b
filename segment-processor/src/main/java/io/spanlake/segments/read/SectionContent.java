package io.spanlake.segments.read;

import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.Write;
import java.util.List;

/** What a section of the log turned out to be. */
public sealed interface SectionContent {
    /** What a write costs in memory beside its JSON: the write, its row's state, its stamps. */
    long OVERHEAD_BYTES = 300;

    PendingSection section();

    /** @param writes those that the catalog counts, all of them */
    record Writes(PendingSection section, List<Write> writes) implements SectionContent {
        public Writes {
            writes = List.copyOf(writes);
        }

        /** What it takes in memory. */
        long bytes() {
            return writes.stream()
                    .mapToLong(write -> write.json().length() + OVERHEAD_BYTES)
                    .sum();
        }
    }

    /** Neither the blob nor Kafka has it. */
    record Missing(PendingSection section, String reason) implements SectionContent {}
}
