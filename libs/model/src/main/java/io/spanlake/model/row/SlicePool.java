package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Slices that overlap, each byte stored once: an object that was opened and the values found in it are ranges of one array.
 *
 * <ol>
 *   <li>all slices are added;
 *   <li>per array, they are sorted and those that overlap become one range;
 *   <li>the ranges are laid one after another, and each slice has its place there.
 * </ol>
 */
final class SlicePool {
    private record Range(ByteSlice bytes, int place) {
        boolean holds(ByteSlice slice) {
            return slice.offset() >= bytes.offset()
                    && slice.offset() + slice.length() <= bytes.offset() + bytes.length();
        }
    }

    /** Mostly a row is one write or two, each of one array. */
    private static final int ARRAYS_USUAL = 2;

    private final IdentityHashMap<byte[], List<ByteSlice>> added = new IdentityHashMap<>(ARRAYS_USUAL);
    private final IdentityHashMap<byte[], List<Range>> ranges = new IdentityHashMap<>(ARRAYS_USUAL);
    private final List<Range> inOrder = new ArrayList<>();
    private final List<byte[]> arrays = new ArrayList<>();
    private int bytes;

    void add(ByteSlice slice) {
        added.computeIfAbsent(slice.array(), array -> {
                    arrays.add(array);
                    return new ArrayList<>();
                })
                .add(slice);
    }

    /** Lays the ranges; nothing is added afterwards. */
    void close() {
        for (byte[] array : arrays) {
            var slices = added.getOrDefault(array, List.of());
            slices.sort(Comparator.comparingInt(ByteSlice::offset));
            ranges.put(array, merged(array, slices));
        }
    }

    private List<Range> merged(byte[] array, List<ByteSlice> sorted) {
        var merged = new ArrayList<Range>();
        int first = sorted.getFirst().offset();
        int next = first;
        for (var slice : sorted) {
            if (slice.offset() > next) {
                merged.add(lay(array, first, next));
                first = slice.offset();
            }
            next = Math.max(next, slice.offset() + slice.length());
        }
        merged.add(lay(array, first, next));
        return merged;
    }

    private Range lay(byte[] array, int first, int next) {
        var range = new Range(ByteSlice.of(array, first, next - first), bytes);
        bytes = Math.addExact(bytes, next - first);
        inOrder.add(range);
        return range;
    }

    void writeTo(BinaryWriter out) {
        out.putVarint(bytes);
        for (var range : inOrder) {
            out.putRaw(range.bytes);
        }
    }

    /** Place of the slice from the start of the pool. */
    int placeOf(ByteSlice slice) {
        var candidates = ranges.getOrDefault(slice.array(), List.of());
        int low = 0;
        int high = candidates.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (candidates.get(middle).bytes.offset() <= slice.offset()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        var range = candidates.get(low);
        if (!range.holds(slice)) {
            throw new IllegalStateException("a slice that was not added");
        }
        return range.place + slice.offset() - range.bytes.offset();
    }
}
