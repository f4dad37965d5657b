package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import java.math.BigInteger;
import java.util.List;

/**
 * One row as an SDK sends it.
 *
 * @param time  nanoseconds since 1970 at which the SDK would have sent it
 * @param json  bytes of the row
 * @param free  where in them the digits stand that a repetition sets anew
 */
record TimedRow(String trace, BigInteger time, ByteSlice json, List<Integer> free) {
    TimedRow {
        free = List.copyOf(free);
    }
}
