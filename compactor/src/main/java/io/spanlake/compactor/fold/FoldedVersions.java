package io.spanlake.compactor.fold;

import io.spanlake.catalog.Balance;
import io.spanlake.model.row.RowState;
import java.util.List;
import java.util.Set;

/**
 * What becomes of a row of an object that keeps versions.
 *
 * @param live    versions, for a part, oldest first
 * @param carried patches and tombstones that cannot be resolved yet: they stay in the tail
 * @param taken   which of the bases die, since they are among {@code live} anew, or are no versions any more
 */
public record FoldedVersions(List<RowVersion> live, List<RowState> carried, Set<Integer> taken, Balance balance) {
    public FoldedVersions {
        live = List.copyOf(live);
        carried = List.copyOf(carried);
        taken = Set.copyOf(taken);
    }
}
