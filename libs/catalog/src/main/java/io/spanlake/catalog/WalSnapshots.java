package io.spanlake.catalog;

import io.spanlake.model.ObjectRef;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The read side of the write-ahead log. */
public interface WalSnapshots {
    /**
     * Reads positions and sections in one statement, so that they belong together.
     *
     * @param known up to where the caller has read each partition; a partition that is missing is read from its beginning
     */
    Mono<WalSnapshot> snapshot(ObjectRef object, Map<Integer, LogOffset> known);

    /** Only the positions of all partitions. */
    Mono<Map<Integer, WalPosition>> positions();
}
