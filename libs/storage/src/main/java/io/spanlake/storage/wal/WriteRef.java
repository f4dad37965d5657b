package io.spanlake.storage.wal;

import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;

/**
 * What the footer says of one write.
 *
 * @param rowHash    {@code Placement.hash} of the row id
 * @param traceHash  {@code Placement.hash} of the trace id, 0 where it names none
 * @param namesTrace false for a patch
 * @param offset     of the write in its block, uncompressed
 * @param length     in bytes
 */
public record WriteRef(
        long rowHash, long traceHash, boolean namesTrace, Stamp stamp, WriteKind kind, int offset, int length) {
    boolean describes(Write write, long rowHashOfWrite, long traceHashOfWrite) {
        return rowHash == rowHashOfWrite
                && traceHash == traceHashOfWrite
                && namesTrace == write.traceId().isPresent()
                && kind == write.kind()
                && stamp.equals(write.stamp());
    }
}
