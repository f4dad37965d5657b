package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.row.AccountedStamps;
import java.util.Collection;
import java.util.List;

/**
 * A sum over writes that does not depend on their order, so that each stage can prove what it did: the sum of what went
 * in equals the sum of what is live, folded and dropped. A write adds a 64-bit hash of its object, row and stamp,
 * modulo 2^64; docs/formats/container.md defines it exactly. Sums of disjoint sets add up: {@code of(a) + of(b)}.
 *
 * <p>It finds what is lost, doubled or put into the wrong row by mistake; it is no protection against a forger.
 */
public final class StampSum {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private StampSum() {}

    public static long of(Collection<Write> writes) {
        long sum = 0;
        ObjectRef object = null;
        long object64 = 0;
        for (var write : writes) {
            // Writes of an object mostly stand side by side, and its hash costs as much as a row's.
            if (!write.object().equals(object)) {
                object = write.object();
                object64 = hashOf(object);
            }
            sum += term(object64, Placement.hash(write.rowId()), write.stamp());
        }
        return sum;
    }

    /** What one row adds, of whose writes these stamps are known. */
    public static long of(ObjectRef object, String rowId, Collection<Stamp> stamps) {
        return of(hashOf(object), Placement.hash(rowId), stamps);
    }

    /** The same from the hashes; see {@link #hashOf} and {@link Placement#hash}. */
    public static long of(long objectHash, long rowHash, Collection<Stamp> stamps) {
        long sum = 0;
        for (var stamp : stamps) {
            sum += term(objectHash, rowHash, stamp);
        }
        return sum;
    }

    /**
     * What a stored row adds: of the writes that it remembers those that are counted with it, as {@link AccountedStamps} has it.
     *
     * @param remembered oldest first, at least one
     */
    public static long ofStored(ObjectRef object, String rowId, List<Stamp> remembered) {
        return of(object, rowId, AccountedStamps.of(object.type(), remembered));
    }

    /** What one write adds. */
    public static long term(ObjectRef object, String rowId, Stamp stamp) {
        return term(hashOf(object), Placement.hash(rowId), stamp);
    }

    /** The same from the hashes, as they stand in footers; see {@link #hashOf} and {@link Placement#hash}. */
    public static long term(long objectHash, long rowHash, Stamp stamp) {
        long hash = mix(objectHash + GOLDEN);
        hash = mix((hash ^ rowHash) + GOLDEN);
        hash = mix((hash ^ stamp.transaction().value()) + GOLDEN);
        return mix((hash ^ stamp.position()) + GOLDEN);
    }

    /** Hash of the object's text form, {@code dataset:4c1f…}. */
    public static long hashOf(ObjectRef object) {
        return Placement.hash(object.toString());
    }

    /** The finaliser of SplitMix64: a bijection, so two stamps of one row never add the same. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
