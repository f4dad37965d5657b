package io.spanlake.simulation.catalog;

import io.spanlake.catalog.BlobDoomedException;
import io.spanlake.catalog.CatalogException;
import java.util.Collection;

/** A name stands in {@code blobs} once: whoever comes second is refused, and nothing of what it wanted is done. */
final class BlobNamesTaken {
    private BlobNamesTaken() {}

    static void refuse(Tables tables, Collection<String> names) {
        var taken = names.stream().filter(tables.blobs::containsKey).sorted().toList();
        if (taken.isEmpty()) {
            return;
        }
        var cause = new IllegalStateException("in the model");
        var gone = names.stream()
                .filter(name -> {
                    var blob = tables.blobs.get(name);
                    return blob != null && blob.state() != Tables.BlobState.LIVE;
                })
                .sorted()
                .toList();
        if (gone.isEmpty()) {
            throw new CatalogException("a name was used before: " + taken, cause);
        }
        throw new BlobDoomedException(gone, cause);
    }
}
