package io.spanlake.segments.store;

import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.segments.Claim;
import io.spanlake.segments.fold.FoldedStretch;
import java.util.List;

/** A cut whose blobs are durable, and which nothing names yet. */
public record StoredCut(List<FoldedStretch.Summary> stretches, List<ProcessedObject> objects, List<Claim> failed) {
    public StoredCut {
        stretches = List.copyOf(stretches);
        objects = List.copyOf(objects);
        failed = List.copyOf(failed);
    }
}
