package io.spanlake.segments.fold;

import io.spanlake.model.OrganizationId;
import io.spanlake.segments.place.Placing;
import io.spanlake.segments.read.ReadStretch;
import java.util.List;
import java.util.Map;

/**
 * One partition's part of a cut, folded and laid out.
 *
 * @param segments of each organization that has rows in it
 */
public record FoldedStretch(Summary summary, Map<OrganizationId, List<SegmentRows>> segments) {
    public FoldedStretch {
        segments = Map.copyOf(segments);
    }

    /**
     * What stays of it once its rows are written.
     *
     * @param read    what it was made of
     * @param placing to be remembered once it is committed
     * @param balance of the writes that were read
     */
    public record Summary(ReadStretch.Summary read, Placing placing, StampBalance balance, long rows) {}
}
