package io.spanlake.segments.read;

import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.Write;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads the writes of a section anew from topic {@code writes}. */
@FunctionalInterface
public interface LogReplay {
    /**
     * The writes of the section's organization in the section's range. Empty where Kafka does not have all of the range
     * any more; an error where it could not be asked.
     */
    Mono<List<Write>> writes(PendingSection section);
}
