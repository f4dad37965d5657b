package io.spanlake.simulation;

import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import io.spanlake.segments.fold.OtherRules;
import io.spanlake.simulation.catalog.CarelessCatalogs;
import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.check.PrunedParts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What would break a promise, put in from outside. */
enum PlantedBug {
    COMPARE_AND_SET_IS_SKIPPED(0),
    ORPHANS_ARE_SWEPT_WITHOUT_THE_MARK(2),
    PLAIN_JSON_IS_FOLDED(0),
    DEATHS_ARE_NOT_CARRIED_OVER(664),
    TOMBSTONES_ARE_DROPPED_EARLY(13),
    PARTS_ARE_PRUNED_BEFORE_BASES_ARE_LOOKED_UP(4);

    private final long seenBy;

    PlantedBug(long seenBy) {
        this.seenBy = seenBy;
    }

    /** A seed that found it. A change of any step may make that another, which the test then says. */
    long seenBy() {
        return seenBy;
    }

    Fleet fleet() {
        return switch (this) {
            case COMPARE_AND_SET_IS_SKIPPED, ORPHANS_ARE_SWEPT_WITHOUT_THE_MARK, DEATHS_ARE_NOT_CARRIED_OVER ->
                Fleet.SOUND;
            case PLAIN_JSON_IS_FOLDED ->
                Fleet.SOUND.with((limits, clock, segments, metrics) ->
                        OtherRules.folder(limits, clock, segments, metrics, PlantedBug::plainly));
            case TOMBSTONES_ARE_DROPPED_EARLY -> Fleet.SOUND.whoseCompactorsSee((snapshots, _) -> allClosed(snapshots));
            case PARTS_ARE_PRUNED_BEFORE_BASES_ARE_LOOKED_UP ->
                Fleet.SOUND.whoseReadersSee(
                        (snapshots, stored) -> PrunedParts.of(snapshots, stored, List.of("\"k0\":1", "\"q\":0.1")),
                        List.of("select id from $ where metadata.k0 = 1 and scores.q = 0.1 order by id"));
        };
    }

    BiFunction<InstantSource, Runnable, SimCatalog> catalogs() {
        return switch (this) {
            case COMPARE_AND_SET_IS_SKIPPED -> CarelessCatalogs::withoutCompareAndSet;
            case ORPHANS_ARE_SWEPT_WITHOUT_THE_MARK -> CarelessCatalogs::withoutDoomedMark;
            case DEATHS_ARE_NOT_CARRIED_OVER -> CarelessCatalogs::withoutCarryOver;
            default -> SimCatalog::sound;
        };
    }

    /** What comes last is merged over what is there, whatever the stamps say; which write put what there is forgotten. */
    private static RowState plainly(RowState before, RowState after) {
        var last = before.last().compareTo(after.last()) >= 0 ? before.last() : after.last();
        boolean patches = after.patchOnly() && before.patchOnly() && !before.deleted();
        var merged = patches ? WriteKind.MERGE : WriteKind.FULL;
        var kind = after.deleted() ? WriteKind.DELETE : merged;
        var trace = after.traceId().isPresent() ? after.traceId() : before.traceId();
        return RowState.of(new Write(
                before.object(),
                before.rowId(),
                kind == WriteKind.MERGE ? after.traceId() : trace,
                last,
                kind,
                json(after)));
    }

    private static ByteSlice json(RowState state) {
        var pieces = new ArrayList<ByteSlice>();
        state.forEachPiece(pieces::add);
        return ByteSlice.ofUtf8(pieces.stream().map(ByteSlice::toUtf8).collect(Collectors.joining()));
    }

    private static ObjectSnapshots allClosed(ObjectSnapshots snapshots) {
        return (object, known) -> snapshots.snapshot(object, known).map(PlantedBug::allClosed);
    }

    private static ObjectSnapshot allClosed(ObjectSnapshot snapshot) {
        return new ObjectSnapshot(
                snapshot.object(),
                snapshot.width(),
                snapshot.version(),
                snapshot.whole(),
                snapshot.wal(),
                snapshot.processed(),
                snapshot.walSections(),
                snapshot.sections(),
                snapshot.parts(),
                snapshot.gaps(),
                snapshot.unreadable(),
                snapshot.closed(),
                TransactionId.of(4_000_000_000L, 0));
    }
}
