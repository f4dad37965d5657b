package io.spanlake.segments.look;

import io.spanlake.segments.place.KnownSegments;
import reactor.core.publisher.Mono;

/** Builds what is remembered of a partition's segments from the footers of what it wrote before. */
@FunctionalInterface
public interface Recall {
    /** Never an error: what cannot be read is not remembered. */
    Mono<KnownSegments> of(int partition);
}
