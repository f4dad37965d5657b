package io.spanlake.model.row;

import com.dynatrace.hash4j.hashing.Hashing;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import org.jspecify.annotations.Nullable;

/**
 * The stamp of a write, made total: two different writes with one stamp do not happen, and if they do, all readers still
 * agree which of them is the later one.
 *
 * @param tie hash of the write's kind and JSON
 */
record Version(Stamp stamp, long tie) implements Comparable<Version> {
    /** The tie of a write that is settled: its stamp alone says which it is. */
    static final long SETTLED = 0;

    static Version of(Write write) {
        var json = write.json();
        long content = Hashing.wyhashFinal4().hashBytesToLong(json.array(), json.offset(), json.length());
        return new Version(write.stamp(), 31 * content + write.kind().code());
    }

    static Version settled(Stamp stamp) {
        return new Version(stamp, SETTLED);
    }

    /** Whether the two are versions of one write, of which one may have been settled. */
    boolean isSameWrite(Version other) {
        return stamp.equals(other.stamp) && (tie == other.tie || tie == SETTLED || other.tie == SETTLED);
    }

    boolean isBefore(Version other) {
        return compareTo(other) < 0;
    }

    static @Nullable Version later(@Nullable Version a, @Nullable Version b) {
        if (a == null) {
            return b;
        }
        return b == null || b.isBefore(a) ? a : b;
    }

    @Override
    public int compareTo(Version other) {
        if (this == other) {
            return 0;
        }
        int byStamp = stamp.compareTo(other.stamp);
        return byStamp != 0 ? byStamp : Long.compare(tie, other.tie);
    }
}
