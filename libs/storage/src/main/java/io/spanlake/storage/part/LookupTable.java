package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where the entries of a lookup from 64-bit hashes to ordinals lie. Entries are sorted by hash and lie in buckets, which the
 * highest bits of the hash choose; of the bits that follow an entry has 16. So a lookup reads some hundred bytes, and one
 * in a thousand gives a row that has another id.
 */
final class LookupTable {
    private static final int TAG_BITS = 16;
    private static final int BUCKET_ENTRIES = 32;
    private static final int BUCKET_BITS_MAX = 16;
    private static final int ORDINAL_BITS = Integer.SIZE - 1;
    /** Between buckets that are read together: a page is inflated as a whole. */
    private static final int GAP_BYTES_MAX = PageTable.PAGE_BYTES;

    private static final int STRETCH_BYTES_MAX = 1 << 20;

    /** Of the first entry, in the blob. */
    private final long offset;

    private final int bucketBits;
    private final int ordinalBytes;
    /** Of each bucket the index of its first entry, and at the end the count of all. */
    private final int[] firsts;

    private LookupTable(long offset, int bucketBits, int ordinalBytes, int[] firsts) {
        this.offset = offset;
        this.bucketBits = bucketBits;
        this.ordinalBytes = ordinalBytes;
        this.firsts = firsts;
    }

    /** Of a bucket. */
    record Range(long offset, int length) {}

    /** Writes the entries. */
    static LookupTable write(IdHashes ids, int rows, long offset, ByteOutput out) {
        int bucketBits = Math.clamp(bits(ids.count() / BUCKET_ENTRIES), 0, BUCKET_BITS_MAX);
        int ordinalBytes = Math.max(1, (bits(rows - 1) + Byte.SIZE - 1) / Byte.SIZE);
        var sorted = sorted(ids, bucketBits);
        var firsts = new int[(1 << bucketBits) + 1];
        for (long entry : sorted) {
            firsts[(int) (entry >>> (TAG_BITS + ORDINAL_BITS)) + 1]++;
            out.u16((int) (entry >>> ORDINAL_BITS) & 0xFFFF);
            int ordinal = (int) entry & Integer.MAX_VALUE;
            for (int shift = 0; shift < Byte.SIZE * ordinalBytes; shift += Byte.SIZE) {
                out.u8(ordinal >>> shift);
            }
        }
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] += firsts[i - 1];
        }
        return new LookupTable(offset, bucketBits, ordinalBytes, firsts);
    }

    private static int bits(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(value, 0));
    }

    /** Bucket, tag and ordinal as one number each, which sorts as they do. */
    private static long[] sorted(IdHashes ids, int bucketBits) {
        var sorted = new long[ids.count()];
        for (int i = 0; i < sorted.length; i++) {
            long hash = ids.hash(i) >>> (Long.SIZE - bucketBits - TAG_BITS);
            sorted[i] = hash << ORDINAL_BITS | ids.ordinal(i);
        }
        Arrays.sort(sorted);
        return sorted;
    }

    void writeTo(ByteOutput out) {
        out.u8(bucketBits).u8(ordinalBytes);
        for (int i = 1; i < firsts.length; i++) {
            out.varint(firsts[i] - firsts[i - 1]);
        }
    }

    static LookupTable read(ByteInput in, long offset) {
        int bucketBits = in.u8();
        int ordinalBytes = in.u8();
        if (bucketBits > BUCKET_BITS_MAX
                || ordinalBytes < 1
                || ordinalBytes > Integer.BYTES
                || in.remaining() < 1 << bucketBits) {
            throw in.corrupt("a lookup of %d and %d bits".formatted(bucketBits, ordinalBytes));
        }
        var firsts = new int[(1 << bucketBits) + 1];
        for (int i = 1; i < firsts.length; i++) {
            long next = (long) firsts[i - 1] + in.varint32();
            if (next > Integer.MAX_VALUE / 8) {
                throw in.corrupt("a lookup of %d entries".formatted(next));
            }
            firsts[i] = (int) next;
        }
        return new LookupTable(offset, bucketBits, ordinalBytes, firsts);
    }

    int count() {
        return firsts[firsts.length - 1];
    }

    /** Bytes of all entries. */
    long bytes() {
        return (long) count() * entryBytes();
    }

    private int entryBytes() {
        return Short.BYTES + ordinalBytes;
    }

    /** Where the entries are that a hash may have. */
    Range bucket(long hash) {
        int bucket = bucketOf(hash);
        return new Range(
                offset + (long) firsts[bucket] * entryBytes(), (firsts[bucket + 1] - firsts[bucket]) * entryBytes());
    }

    /** Buckets that lie near one another, and the hashes that are looked for there. */
    record Stretch(long offset, int length, List<Long> hashes) {}

    /** What has to be read for some hashes. Buckets lie in the order of hashes without sign. */
    List<Stretch> stretches(long[] hashes) {
        var stretches = new ArrayList<Stretch>();
        var near = new ArrayList<Long>();
        long first = 0;
        long end = 0;
        for (long hash : inOrder(hashes)) {
            var bucket = bucket(hash);
            long next = bucket.offset() + bucket.length();
            if (!near.isEmpty() && (bucket.offset() - end > GAP_BYTES_MAX || next - first > STRETCH_BYTES_MAX)) {
                stretches.add(new Stretch(first, (int) (end - first), List.copyOf(near)));
                near.clear();
            }
            if (near.isEmpty()) {
                first = bucket.offset();
            }
            end = next;
            near.add(hash);
        }
        if (!near.isEmpty()) {
            stretches.add(new Stretch(first, (int) (end - first), List.copyOf(near)));
        }
        return stretches;
    }

    private static long[] inOrder(long[] hashes) {
        return LongStream.of(hashes)
                .map(hash -> hash ^ Long.MIN_VALUE)
                .sorted()
                .map(hash -> hash ^ Long.MIN_VALUE)
                .toArray();
    }

    /** Of those that are looked for in a stretch the ones that have entries. */
    List<RowCandidate> candidates(Stretch stretch, ByteSlice entries) {
        var found = new ArrayList<RowCandidate>();
        for (long hash : stretch.hashes()) {
            var bucket = bucket(hash);
            int at = (int) (bucket.offset() - stretch.offset());
            for (int ordinal : ordinals(hash, entries.slice(at, bucket.length()))) {
                found.add(new RowCandidate(hash, ordinal));
            }
        }
        return found;
    }

    private int bucketOf(long hash) {
        return bucketBits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bucketBits));
    }

    /** The ordinals that the entries of a bucket give for a hash, ascending; nearly always those of the id and no others. */
    int[] ordinals(long hash, ByteSlice bucket) {
        int tag = (int) (hash >>> (Long.SIZE - bucketBits - TAG_BITS)) & 0xFFFF;
        var found = new int[bucket.length() / entryBytes()];
        int count = 0;
        var in = ByteInput.of("lookup", bucket);
        while (!in.isAtEnd()) {
            boolean matches = in.u16() == tag;
            int ordinal = 0;
            for (int shift = 0; shift < Byte.SIZE * ordinalBytes; shift += Byte.SIZE) {
                ordinal |= in.u8() << shift;
            }
            if (matches) {
                found[count++] = ordinal;
            }
        }
        return Arrays.copyOf(found, count);
    }

    @Override
    public String toString() {
        return "lookup of %d entries at %d".formatted(count(), offset);
    }
}
