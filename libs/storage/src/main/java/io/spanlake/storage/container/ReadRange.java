package io.spanlake.storage.container;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;

/** Neighbouring pieces that one ranged read fetches. */
public record ReadRange<T extends BlobRange>(long offset, int length, List<T> pieces) {
    public ReadRange {
        pieces = List.copyOf(pieces);
    }

    /**
     * Joins pieces that lie side by side.
     *
     * @param bytesMax of one read; a piece larger than that is read alone
     */
    public static <T extends BlobRange> List<ReadRange<T>> of(List<T> pieces, int bytesMax) {
        var ranges = new ArrayList<ReadRange<T>>();
        var group = new ArrayList<T>();
        for (var piece : pieces) {
            if (!group.isEmpty() && !joins(group, piece, bytesMax)) {
                ranges.add(rangeOf(group));
                group.clear();
            }
            group.add(piece);
        }
        if (!group.isEmpty()) {
            ranges.add(rangeOf(group));
        }
        return ranges;
    }

    /** The bytes of one piece among those that were read. */
    public ByteSlice bytesOf(T piece, ByteSlice read) {
        return read.slice((int) (piece.offset() - offset), piece.length());
    }

    private static <T extends BlobRange> boolean joins(List<T> group, T piece, int bytesMax) {
        return piece.offset() == group.getLast().end()
                && piece.end() - group.getFirst().offset() <= bytesMax;
    }

    private static <T extends BlobRange> ReadRange<T> rangeOf(List<T> group) {
        long offset = group.getFirst().offset();
        return new ReadRange<>(offset, (int) (group.getLast().end() - offset), group);
    }
}
