package io.spanlake.query.execute;

import io.spanlake.query.plan.Plan.SourceObjects;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where rows come from: the border between the language and the store. Thread-safe. */
public interface RowSource {
    /**
     * Finds the objects that a query names, checks that the caller may read them, and takes one snapshot of each, which all
     * scans of the query read.
     *
     * @return a view of each object, in the order named; or a {@code QueryFaultException} where one does not exist or may not be read
     */
    Mono<List<RowView>> open(SourceObjects objects);
}
