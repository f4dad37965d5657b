package io.spanlake.compactor.plan;

import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.storage.part.PartSpec;

/**
 * How much a job takes, and when a part is worth being written anew.
 *
 * @param jobRows       states of the tail that one job folds, about
 * @param jobRawBytes   of the same
 * @param partRawBytes  of a part that is merged no further
 * @param partRows      of the same
 * @param mergeParts    parts of one level that make one of the next
 * @param deadShare     of a part's rows, from which on it is written anew
 */
public record PlanLimits(
        int jobRows, long jobRawBytes, long partRawBytes, long partRows, int mergeParts, double deadShare) {
    public PlanLimits {
        if (jobRows < 1 || jobRawBytes < 1 || mergeParts < 2 || deadShare <= 0 || deadShare > 1) {
            throw new IllegalArgumentException("jobs of %d rows and %d bytes, merges of %d parts, dead share %s"
                    .formatted(jobRows, jobRawBytes, mergeParts, deadShare));
        }
    }

    /** Parts that one merge can take together with others: two of half the size are one that is merged no further. */
    public CompactionLimits.Merges merges() {
        return new CompactionLimits.Merges(mergeParts, PartSpec.STRETCH_LEVEL, partRawBytes / 2, partRows / 2);
    }
}
