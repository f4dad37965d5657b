package io.spanlake.query.scan;

import io.spanlake.blobstore.BlobName;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.Source;
import io.spanlake.query.tail.StatePlace;
import io.spanlake.storage.part.PartBlobNames;
import java.util.Comparator;

/** What plans call the places where rows lie. */
final class PlaceNames {
    static final String LOG = "the write-ahead log";
    static final String PROCESSED = "processed rows";

    private PlaceNames() {}

    static String of(BlobName blob) {
        var name = blob.value();
        if (name.endsWith(".wal")) {
            return LOG;
        }
        return name.endsWith(".rows")
                ? PROCESSED
                : PartBlobNames.partBeside(blob).value();
    }

    /** Where the newest state of a row lies. */
    static String of(RowPlaces row) {
        var states = row.states();
        var newest = states.size() == 1
                ? states.getFirst()
                : states.stream().max(Comparator.comparing(StatePlace::stamp)).orElseThrow();
        return of(newest.source());
    }

    static String of(Source source) {
        return switch (source) {
            case Source.Log _ -> LOG;
            case Source.Processed _ -> PROCESSED;
            case Source.Part(var part) -> part.name();
        };
    }
}
