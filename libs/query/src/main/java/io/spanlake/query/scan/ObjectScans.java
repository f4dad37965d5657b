package io.spanlake.query.scan;

import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailQuestion;
import io.spanlake.query.tail.TailState;
import io.spanlake.query.tail.TailViews;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes snapshots of objects for queries. Thread-safe; blocks nobody. */
public final class ObjectScans {
    private static final TailQuestion.Page ALL_OF_THE_TAIL = new TailQuestion.Page(
            RowDirection.OLDEST_FIRST, Optional.empty(), new PageLimits(Integer.MAX_VALUE, Long.MAX_VALUE));

    private final TailViews views;
    private final StrictReads strict;
    private final TailBlobs blobs;
    private final PartReads parts;
    private final Scheduler search;
    private final Scheduler folding;

    /**
     * @param search  bounded; for what blocks on reads of an index, and nothing else
     * @param folding bounded, for CPU work
     */
    public ObjectScans(
            TailViews views,
            StrictReads strict,
            TailBlobs blobs,
            PartReads parts,
            Scheduler search,
            Scheduler folding) {
        this.views = views;
        this.strict = strict;
        this.blobs = blobs;
        this.parts = parts;
        this.search = search;
        this.folding = folding;
    }

    /** @param state which snapshot the rows are of */
    public record Snapshot(RowView rows, TailState state) {}

    /** A snapshot taken after the subscription; of a strict one, after the log has what was acknowledged before. */
    public Mono<Snapshot> snapshot(ReadTarget target, ReadMode mode) {
        var taken = views.read(target.object(), ALL_OF_THE_TAIL)
                .map(tail -> new Snapshot(
                        new SnapshotRows(
                                target,
                                tail.value().rows(),
                                tail.parts(),
                                tail.state().closed(),
                                new RowFetch(target, blobs, folding),
                                parts,
                                search),
                        tail.state()));
        return switch (mode) {
            case STRICT -> strict.caughtUp(target.object().ref()).then(taken);
            case NEWEST -> taken;
        };
    }
}
