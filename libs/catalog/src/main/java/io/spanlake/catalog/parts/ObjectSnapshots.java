package io.spanlake.catalog.parts;

import io.spanlake.model.ObjectRef;
import reactor.core.publisher.Mono;

/** The read side: what a query, or a compactor, starts from. */
public interface ObjectSnapshots {
    /**
     * Reads everything that belongs to the object in one plain SELECT: one MVCC snapshot, no lock. Costs what is new to
     * the reader, about a millisecond.
     */
    Mono<ObjectSnapshot> snapshot(ObjectRef object, KnownObject known);
}
