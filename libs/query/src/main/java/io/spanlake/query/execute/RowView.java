package io.spanlake.query.execute;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of one object in one snapshot. Each scan sees the same rows. Thread-safe. */
public interface RowView {
    ObjectRef object();

    /**
     * The visible rows, merged, that satisfy the request's hint, and others as is convenient; each row at most once. With
     * backpressure; ends its work when cancelled. The request's watch is told of what is read.
     */
    Flux<SourceRow> scan(ScanRequest request);

    /** Tells the request's watch what a scan would read, without reading it. */
    default Mono<Void> weigh(ScanRequest request) {
        return Mono.empty();
    }

    /**
     * The same rows by where they lie; empty where only scans give them.
     *
     * @param fields top-level fields that are read; empty where all may be. Others may be left out of the JSON
     * @param watch  told of what is read of them
     */
    default Optional<RowLayers> layers(Optional<Set<String>> fields, ScanWatch watch) {
        return Optional.empty();
    }

    /** Behind it rows may still come in between; empty where nothing will: ascending cursors do not move past it. */
    Optional<TransactionId> closed();
}
