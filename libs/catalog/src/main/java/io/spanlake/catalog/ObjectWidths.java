package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Over how many partitions the writes of an object spread. A width is a power of two and never shrinks. */
public interface ObjectWidths {
    /** All objects wider than one. */
    Mono<Map<ObjectRef, Integer>> all();

    /** Widens the object to at least that; completes with the width it has now. */
    Mono<Integer> widen(ObjectRef object, int width);
}
