package io.spanlake.standalone.serve;

import io.spanlake.standalone.serve.LogEdges.Edges;

/**
 * Where a stopped partition goes on so that nothing that the broker still has is left out. Pure.
 *
 * <ul>
 *   <li>The broker begins behind the catalog's offset: records were removed; go on at the first that is left.
 *   <li>It ends before it: the log was made anew or cut off, and which of the two cannot be told; go on at its beginning.
 *       What is read twice then is the same rows again.
 *   <li>The offset is within the log: the record there cannot be read; go on behind it.
 * </ul>
 */
final class ResumePoint {
    private ResumePoint() {}

    static long of(long walOffset, Edges log) {
        if (walOffset < log.first() || walOffset > log.next()) {
            return log.first();
        }
        return Math.min(walOffset + 1, log.next());
    }
}
