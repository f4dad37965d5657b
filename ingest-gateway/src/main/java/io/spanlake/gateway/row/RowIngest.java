package io.spanlake.gateway.row;

import io.spanlake.model.ObjectRef;
import io.spanlake.service.auth.Caller;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Takes valid rows, from whichever protocol, to Kafka. */
public interface RowIngest {
    /**
     * Checks that the caller may write to every object named, gives ids, draws the transaction and produces. Completes
     * when all records are acknowledged; of a request that fails, rows may be present, each whole, and sending it again
     * is harmless where the rows have ids.
     *
     * <p>Errors are {@link io.spanlake.service.errors.RefusedException}: 403 and 404 for objects, 429 when Kafka does
     * not take more, 503 when it cannot be reached. Never blocks; the rows may be many, so call it on no event loop.
     */
    Mono<IngestResult> ingest(IngestRequest request);

    /** Completes where the caller may write to all of them; else 403, or 400 where they are too many. */
    Mono<Void> mayWrite(Caller caller, Set<ObjectRef> objects);
}
