package io.spanlake.query.tail;

import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import java.util.Optional;

/**
 * Of one write all that the index keeps. Of a state that remembers several writes, each has one, with the place of the
 * state.
 *
 * @param block number of its block among those of the object in the section
 * @param index place in the block
 * @param bytes length of the JSON; of a state, told with its first write
 * @param latestStart see {@link LatestStart}
 */
record WriteKey(
        String rowId,
        Optional<String> traceId,
        Stamp stamp,
        WriteKind kind,
        int block,
        int index,
        int bytes,
        int latestStart) {
    /** Of a row of a part. */
    int ordinal() {
        return (block << StatePlace.INDEX_BITS) | index;
    }
}
