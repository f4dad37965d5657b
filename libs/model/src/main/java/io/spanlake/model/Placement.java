package io.spanlake.model;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Which partition of the topic {@code writes} a write goes to: the object's base partition, plus the hash of its trace
 * (of its row where it names no trace) modulo the object's width. So small objects stay together and big ones spread.
 * The hash is fixed: a change of it would scatter traces that are already written.
 */
public record Placement(int partitions) {
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();

    public Placement {
        if (partitions < 1) {
            throw new IllegalArgumentException("no partitions: " + partitions);
        }
    }

    /** @param width number of partitions that the object may use, at least 1 */
    public int partitionOf(ObjectRef object, String placementKey, int width) {
        return partitionFrom(basePartition(object), placementKey, width);
    }

    /** The same, where the object's base partition is known: hashing an object costs more than hashing a row. */
    public int partitionFrom(int base, String placementKey, int width) {
        int usable = Math.min(width, partitions);
        int spread = usable == 1 ? 0 : (int) Long.remainderUnsigned(hash(placementKey), usable);
        return (base + spread) % partitions;
    }

    public int basePartition(ObjectRef object) {
        return (int) Long.remainderUnsigned(hash(object.toString()), partitions);
    }

    /** 64-bit hash of a trace id or row id, as it stands in the footers of files. */
    public static long hash(String id) {
        return HASHER.hashCharsToLong(id);
    }
}
