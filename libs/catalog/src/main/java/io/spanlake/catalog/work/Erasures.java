package io.spanlake.catalog.work;

import io.spanlake.model.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Rows of objects that keep versions, all of whose versions go because someone asked. */
public interface Erasures {
    /** @param rowIds a row that is open already is one that was asked for now */
    Mono<Void> ask(ObjectRef object, List<String> rowIds);

    /** Those that are not done, in the order in which they were asked for. */
    Mono<List<Erasure>> open(ObjectRef object);

    /** They are done: nothing of what the rows were is in a part or in the tail. */
    Mono<Void> done(List<Erasure> erasures);

    /**
     * Rows that were asked for within the last week, or longer ago, each with when it was done, or now: what was written to
     * it before may be nowhere.
     */
    Mono<Map<String, Instant>> askedLately(ObjectRef object);
}
