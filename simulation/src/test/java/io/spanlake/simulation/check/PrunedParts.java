package io.spanlake.simulation.check;

import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.ByteSlice;
import io.spanlake.simulation.store.DirectBlobs;
import io.spanlake.simulation.store.StoredBlobs;
import java.util.ArrayList;
import java.util.List;

/** Leaves out the parts none of whose rows has all that a query wants, before anybody looks for bases in them. */
public final class PrunedParts {
    private PrunedParts() {}

    /** @param texts that the JSON of a row has to have */
    public static ObjectSnapshots of(ObjectSnapshots snapshots, StoredBlobs stored, List<String> texts) {
        var contents = new BlobContents(stored, new DirectBlobs(stored));
        return (object, known) -> snapshots
                .snapshot(object, known)
                .map(snapshot -> with(
                        snapshot,
                        snapshot.parts().stream()
                                .filter(part -> hasSuchARow(contents, part, snapshot, texts))
                                .toList()));
    }

    private static boolean hasSuchARow(
            BlobContents contents, LivePart part, ObjectSnapshot snapshot, List<String> texts) {
        return contents.rows(part, snapshot.object()).stream().anyMatch(row -> {
            var pieces = new ArrayList<ByteSlice>();
            row.forEachPiece(pieces::add);
            var json = pieces.stream().map(ByteSlice::toUtf8).toList().toString();
            return texts.stream().allMatch(json::contains);
        });
    }

    private static ObjectSnapshot with(ObjectSnapshot snapshot, List<LivePart> parts) {
        return new ObjectSnapshot(
                snapshot.object(),
                snapshot.width(),
                snapshot.version(),
                snapshot.whole(),
                snapshot.wal(),
                snapshot.processed(),
                snapshot.walSections(),
                snapshot.sections(),
                parts,
                snapshot.gaps(),
                snapshot.unreadable(),
                snapshot.closed(),
                snapshot.processedClosed());
    }
}
