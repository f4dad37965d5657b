package io.spanlake.segments.store;

import io.spanlake.model.OrganizationId;
import io.spanlake.segments.Claim;
import io.spanlake.segments.fold.FoldedStretch;
import io.spanlake.storage.processed.EncodedProcessedBlob;
import java.util.List;

/** A cut whose blobs are built and lie in memory; what its row states referred to does not any more. */
public record EncodedCut(List<FoldedStretch.Summary> stretches, List<EncodedBlob> blobs, List<Claim> failed) {
    public EncodedCut {
        stretches = List.copyOf(stretches);
        blobs = List.copyOf(blobs);
        failed = List.copyOf(failed);
    }

    /** One organization's blob. */
    public record EncodedBlob(OrganizationId organization, EncodedProcessedBlob content) {}
}
