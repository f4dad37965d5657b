package io.spanlake.simulation.check;

import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.model.row.RowState;
import io.spanlake.model.row.RowWrite;
import io.spanlake.simulation.catalog.CatalogView;
import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.log.Topic;
import io.spanlake.simulation.store.DirectBlobs;
import io.spanlake.simulation.store.StoredBlobs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Asked after every change of the catalog or the store:
 *
 * <ol>
 *   <li>positions only move on, what is processed is in the log, and the ranges of the log follow each other;
 *   <li>every write that the log has been read up to stands in exactly one live place, of all layers together each row folds
 *       to what its writes fold to, and no row lives twice in parts;
 *   <li>every blob that is needed is there;
 *   <li>nothing that counts comes behind a closed transaction.
 * </ol>
 */
public final class Invariants {
    private final SimCatalog catalog;
    private final Topic topic;
    private final StoredBlobs stored;
    private final BlobContents contents;
    private final Function<ObjectRef, RowIdentity> identities;
    private Map<Integer, LogOffset> walBefore = Map.of();
    private Map<Integer, LogOffset> processedBefore = Map.of();
    private Map<ObjectRef, Long> versionsBefore = Map.of();

    public Invariants(
            SimCatalog catalog, Topic topic, StoredBlobs stored, Function<ObjectRef, RowIdentity> identities) {
        this.catalog = catalog;
        this.topic = topic;
        this.stored = stored;
        this.contents = new BlobContents(stored, new DirectBlobs(stored));
        this.identities = identities;
    }

    /** After the catalog was lost it may begin behind where it was. */
    public void forgetPositions() {
        walBefore = Map.of();
        processedBefore = Map.of();
        versionsBefore = Map.of();
    }

    public void catalogChanged() {
        var view = catalog.view();
        var wal = view.walPlaces();
        var processed = view.processedPlaces();
        var versions = view.versions();
        if (wal.equals(walBefore) && processed.equals(processedBefore) && versions.equals(versionsBefore)) {
            blobsAreThere(view);
            return;
        }
        movesOn(walBefore, wal, "the log");
        movesOn(processedBefore, processed, "what is processed");
        versionsBefore.forEach((object, version) -> mustHold(
                versions.getOrDefault(object, 0L) >= version, "the version of %s went back".formatted(object)));
        walBefore = wal;
        processedBefore = processed;
        versionsBefore = versions;
        processed.forEach((partition, place) -> mustHold(
                place.compareTo(wal.getOrDefault(partition, new LogOffset(1, 0))) <= 0,
                "partition %d is processed up to %s, the log is at %s".formatted(partition, place, wal)));
        rangesFollow(view);
        blobsAreThere(view);
        for (var object : view.objects()) {
            everyWriteOnce(view.snapshot(object), wal);
        }
    }

    public void storeChanged() {
        blobsAreThere(catalog.view());
    }

    private static void movesOn(Map<Integer, LogOffset> before, Map<Integer, LogOffset> now, String what) {
        before.forEach((partition, place) -> mustHold(
                now.containsKey(partition) && now.get(partition).compareTo(place) >= 0,
                "%s of partition %d went from %s to %s".formatted(what, partition, place, now.get(partition))));
    }

    private static void rangesFollow(CatalogView view) {
        var ends = new TreeMap<Integer, Long>();
        for (var range : view.ranges()) {
            var before = ends.put(range.partition(), range.next());
            mustHold(
                    before == null || before <= range.first(),
                    "the log has %s, and was at %s before".formatted(range, before));
        }
        view.walPlaces()
                .forEach((partition, place) -> mustHold(
                        ends.getOrDefault(partition, 0L) <= place.offset(),
                        "the log of partition %d has more than its position says".formatted(partition)));
    }

    private void blobsAreThere(CatalogView view) {
        for (var name : view.needed()) {
            mustHold(
                    stored.has(name),
                    name + (stored.wasDeleted(name) ? " is needed, and was deleted" : " is needed, and was never put"));
        }
    }

    private void everyWriteOnce(ObjectSnapshot snapshot, Map<Integer, LogOffset> wal) {
        var object = snapshot.object();
        var found = new TreeMap<String, RowState>();
        var stamps = new TreeMap<String, List<Stamp>>();
        try {
            collect(snapshot, found, stamps);
        } catch (BlobStoreException gone) {
            throw new Violation("of %s is unreadable what is live: %s".formatted(object, gone.getMessage()), gone);
        }
        stamps.forEach((row, of) -> mustBeOnce(object, row, of));
        var expected = Expected.of(topic, wal, object, identities.apply(object));
        expected.states().forEach((row, state) -> mustBeSame(object, row, state, found.get(row)));
        found.forEach((row, state) -> mustHold(
                expected.states().containsKey(row), "%s has a row that nobody wrote: %s".formatted(object, row)));
        nothingLate(snapshot.closed(), wal, "closed");
        nothingLate(snapshot.processedClosed(), snapshot.processed(), "closed and processed");
    }

    private void collect(ObjectSnapshot snapshot, Map<String, RowState> found, Map<String, List<Stamp>> stamps) {
        var object = snapshot.object();
        var states = new ArrayList<RowState>();
        snapshot.walSections()
                .forEach(section -> contents.writes(section, object).forEach(write -> states.add(RowState.of(write))));
        snapshot.sections().forEach(section -> states.addAll(contents.states(section, object)));
        var living = new HashSet<String>();
        for (var part : snapshot.parts()) {
            var rows = contents.rows(part, object);
            var dead = contents.dead(part);
            mustHold(dead.isEmpty() || dead.last() < rows.size(), part.file().name() + " has dead rows beyond its end");
            for (int ordinal = 0; ordinal < rows.size(); ordinal++) {
                if (!dead.contains(ordinal)) {
                    var row = rows.get(ordinal);
                    mustHold(living.add(row.rowId()), "%s: row %s lives twice".formatted(object, row.rowId()));
                    states.add(row);
                }
            }
        }
        for (var state : states) {
            found.merge(state.rowId(), state, RowState::join);
            stamps.computeIfAbsent(state.rowId(), _ -> new ArrayList<>()).addAll(state.stamps());
        }
    }

    /** But for what was appended twice. */
    private void mustBeOnce(ObjectRef object, String row, List<Stamp> stamps) {
        for (var stamp : new HashSet<>(stamps)) {
            long places = stamps.stream().filter(stamp::equals).count();
            mustHold(
                    places <= topic.copies(object, row, stamp),
                    "%s: write %s of row %s stands in %d live places".formatted(object, stamp, row, places));
        }
    }

    private void mustBeSame(
            ObjectRef object, String row, RowState expected, @org.jspecify.annotations.Nullable RowState found) {
        if (found == null) {
            mustHold(expected.deleted(), "%s: row %s is lost".formatted(object, row));
            return;
        }
        mustHold(
                expected.deleted() == found.deleted(),
                "%s: row %s is %s".formatted(object, row, found.deleted() ? "gone" : "there again, deleted as it is"));
        if (!expected.deleted()) {
            var identity = identities.apply(object);
            var wanted = expected.json(identity).toUtf8();
            var is = found.json(identity).toUtf8();
            mustHold(
                    wanted.equals(is),
                    "%s: row %s is%n%s%nwhere its writes fold to%n%s".formatted(object, row, is, wanted));
            mustHold(
                    expected.traceId().equals(found.traceId()),
                    "%s: row %s lies in trace %s, not in %s"
                            .formatted(object, row, found.traceId(), expected.traceId()));
            mustHold(
                    remembered(expected).equals(remembered(found)),
                    "%s: row %s remembers the writes %s, not %s"
                            .formatted(object, row, remembered(found), remembered(expected)));
        }
    }

    /** But for the deletion that a row began anew after: that may have been let go before. */
    private static List<Stamp> remembered(RowState state) {
        return state.writes().stream()
                .filter(write -> write.kind() != WriteKind.DELETE)
                .map(RowWrite::stamp)
                .toList();
    }

    private void nothingLate(TransactionId closed, Map<Integer, LogOffset> places, String what) {
        topic.forEachBehind(
                places,
                write -> mustHold(
                        write.stamp().transaction().compareTo(closed) >= 0,
                        "%s comes behind %s, which is said to be %s".formatted(write.stamp(), closed, what)));
    }

    private static void mustHold(boolean holds, String otherwise) {
        if (!holds) {
            throw new Violation(otherwise);
        }
    }
}
