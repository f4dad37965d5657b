package io.spanlake.query.tail;

import io.spanlake.model.Stamp;
import io.spanlake.model.WriteKind;
import java.util.Optional;

/**
 * Of one write all that the index keeps.
 *
 * @param block number of its block among those of the object in the section
 * @param index place in the block
 * @param bytes length of its JSON
 */
record WriteKey(String rowId, Optional<String> traceId, Stamp stamp, WriteKind kind, int block, int index, int bytes) {}
