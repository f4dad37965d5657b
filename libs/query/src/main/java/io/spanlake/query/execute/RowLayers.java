package io.spanlake.query.execute;

import io.spanlake.query.plan.Hint;
import java.util.List;
import reactor.core.publisher.Flux;

/** The visible rows of one object by where they lie, for steps that need not read each of them. Thread-safe. */
public interface RowLayers {
    /**
     * Those that lie in no part, or of which a part has not the newest state; in no order.
     *
     * @param hint what every row that is needed satisfies; others may be left out
     */
    Flux<SourceRow> loose(Hint hint);

    /** Each has rows that no other has. */
    List<PartLayer> parts();
}
