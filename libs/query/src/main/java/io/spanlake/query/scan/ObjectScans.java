package io.spanlake.query.scan;

import io.spanlake.model.TransactionId;
import io.spanlake.query.execute.RowView;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.tail.PlacedRows;
import io.spanlake.query.tail.TailAnswer;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailQuestion;
import io.spanlake.query.tail.TailState;
import io.spanlake.query.tail.TailViews;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes snapshots of objects for queries. Thread-safe; blocks nobody. */
public final class ObjectScans {
    /** One of so many parts of the heap for columns is for sets of rows, another for rows. */
    private static final int KNOWN_SHARE = 4;
    /** And one of so many for sets of states of the tail. */
    private static final int STATES_SHARE = 16;

    private final TailViews views;
    private final StrictReads strict;
    private final TailBlobs blobs;
    private final PartReads parts;
    private final PartVectors vectors;
    private final KnownHints known;
    private final KnownRows knownRows;
    private final KnownStates knownStates;
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
            PartVectors vectors,
            Scheduler search,
            Scheduler folding) {
        this.views = views;
        this.strict = strict;
        this.blobs = blobs;
        this.parts = parts;
        this.vectors = vectors;
        this.known = new KnownHints(vectors.settings().cacheBytes() / KNOWN_SHARE);
        this.knownRows = new KnownRows(vectors.settings().cacheBytes() / KNOWN_SHARE);
        this.knownStates = new KnownStates(vectors.settings().cacheBytes() / STATES_SHARE);
        this.search = search;
        this.folding = folding;
    }

    /** @param state which snapshot the rows are of */
    public record Snapshot(RowView rows, TailState state) {}

    /** A snapshot taken after the subscription; of a strict one, after the log has what was acknowledged before. */
    public Mono<Snapshot> snapshot(ReadTarget target, ReadMode mode) {
        return taken(target, mode, views.read(target.object(), new TailQuestion.All()));
    }

    /**
     * The object as it was at the end of a transaction; of types that keep versions only. Whether writes up to that transaction
     * may still come says {@link TailState#closed} of the snapshot.
     *
     * @throws IllegalArgumentException where the object keeps no versions
     */
    public Mono<Snapshot> snapshotAt(ReadTarget target, ReadMode mode, TransactionId version) {
        return taken(target, mode, views.readAt(target.object(), new TailQuestion.All(), version));
    }

    private Mono<Snapshot> taken(ReadTarget target, ReadMode mode, Mono<TailAnswer<PlacedRows>> read) {
        var tails = switch (mode) {
            case STRICT -> strict.read(target.object().ref(), read, TailAnswer::state);
            case NEWEST -> read;
        };
        return tails.map(tail -> new Snapshot(
                new SnapshotRows(
                        target,
                        tail.value(),
                        tail.parts(),
                        tail.state().closed(),
                        new RowFetch(target, blobs, knownRows, folding),
                        new TailFetch(target, blobs, knownStates, folding),
                        parts,
                        vectors,
                        known,
                        search),
                tail.state()));
    }
}
