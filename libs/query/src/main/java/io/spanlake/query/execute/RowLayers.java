package io.spanlake.query.execute;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** The visible rows of one object by where they lie, for steps that need not read each of them. Thread-safe. */
public interface RowLayers {
    /** Those that lie in no part, or of which a part has not the newest state; in no order. */
    Flux<SourceRow> loose(LooseWish wish);

    /**
     * Some of them.
     *
     * @param latest none shows a later {@code created}, and none of a run behind it; empty where that is not known
     */
    record LooseRun(Optional<Instant> latest, Flux<SourceRow> rows) {}

    /** The same as {@link #loose} run by run, the latest first, each made when it is asked for. */
    default Flux<LooseRun> looseLatestFirst(LooseWish wish) {
        return Flux.just(new LooseRun(Optional.empty(), loose(wish)));
    }

    /** Each has rows that no other has. */
    List<PartLayer> parts();
}
