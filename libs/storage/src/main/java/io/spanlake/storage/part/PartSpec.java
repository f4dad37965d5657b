package io.spanlake.storage.part;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.util.List;
import java.util.UUID;

/**
 * What a part is going to be.
 *
 * @param object   whose rows it holds
 * @param project  that the object belongs to
 * @param level    0 of processed sections; of a merge one more than the highest of its inputs; {@link #STRETCH_LEVEL} of a
 *                 stretch of one large trace
 * @param segments whose traces it holds, each once
 * @param inputs   what its rows are made of
 */
public record PartSpec(
        OrganizationId organization,
        ObjectRef object,
        UUID project,
        int level,
        List<UUID> segments,
        List<PartInput> inputs) {
    /** Parts of this level and above are merged no further. Merges of parts do not come so far. */
    public static final int STRETCH_LEVEL = 64;

    public PartSpec {
        segments = List.copyOf(segments);
        inputs = List.copyOf(inputs);
        if (level < 0) {
            throw new IllegalArgumentException("a part of level " + level);
        }
    }

    /** The same at another level. */
    PartSpec atLevel(int other) {
        return new PartSpec(organization, object, project, other, segments, inputs);
    }
}
