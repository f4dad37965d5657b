package io.spanlake.storage.part;

import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.part.columns.ColumnStatistics;
import io.spanlake.storage.part.lucene.PartFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * What lies where in a part. It has been checked: every piece begins where the one before it ends, from the header to the
 * footer, and counts agree.
 *
 * @param spec       what the part is
 * @param counts     over all rows
 * @param groups     in order of ordinals
 * @param rowIds     lookup of row ids
 * @param spanIds    lookup of span ids
 * @param traces     lookup of traces to the first row of each run
 * @param index      files of the index of paths and values
 * @param text       files of the index of texts
 * @param pages      of lookups and files: their offsets are places in these
 * @param rowBloom   filter of row ids
 * @param spanBloom  filter of span ids
 * @param traceBloom filter of traces
 * @param hotcaches  of the two indexes
 * @param columns    the {@code .orc}: its checksums
 * @param columnStatistics of the columns
 * @param superseded ordinals of versions that others took the place of; not to be changed
 */
record PartFooter(
        PartSpec spec,
        PartCounts counts,
        List<RowGroup> groups,
        LookupTable rowIds,
        LookupTable spanIds,
        LookupTable traces,
        List<PartFile> index,
        List<PartFile> text,
        PageTable pages,
        TailPiece rowBloom,
        TailPiece spanBloom,
        TailPiece traceBloom,
        List<FrameRef> hotcaches,
        PageChecksums columns,
        List<ColumnStatistics> columnStatistics,
        RoaringBitmap superseded) {
    PartFooter {
        groups = List.copyOf(groups);
        index = List.copyOf(index);
        text = List.copyOf(text);
        hotcaches = List.copyOf(hotcaches);
        columnStatistics = List.copyOf(columnStatistics);
    }

    /** Where filters, hotcache, footer and trailer begin. */
    long tailOffset() {
        return rowBloom.offset();
    }

    PartStatistics statistics(long tailBytes) {
        return new PartStatistics(
                counts.rows(),
                counts.traces(),
                counts.writes(),
                counts.rawBytes(),
                counts.stampSum(),
                counts.firstMin(),
                counts.firstMax(),
                counts.lastMin(),
                counts.lastMax(),
                counts.startMicrosMin(),
                counts.startMicrosMax(),
                bytes(tailBytes),
                columnStatistics);
    }

    private long stored(List<PartFile> files) {
        return files.stream()
                .mapToLong(file -> pages.storedBytes(file.offset(), file.offset() + file.length()))
                .sum();
    }

    private Map<Piece, Long> bytes(long tailBytes) {
        var bytes = new EnumMap<Piece, Long>(Piece.class);
        bytes.put(
                Piece.ROWS,
                groups.stream().mapToLong(group -> group.json().length()).sum());
        bytes.put(
                Piece.KEYS,
                groups.stream().mapToLong(group -> group.keys().length()).sum());
        bytes.put(Piece.LOOKUPS, pages.storedBytes(0, rowIds.bytes() + spanIds.bytes() + traces.bytes()));
        bytes.put(Piece.INDEX, stored(index));
        bytes.put(Piece.TEXT, stored(text));
        long blooms = (long) rowBloom.length() + spanBloom.length() + traceBloom.length();
        long hotcache = hotcaches.stream().mapToLong(FrameRef::length).sum();
        bytes.put(Piece.BLOOMS, blooms);
        bytes.put(Piece.HOTCACHE, hotcache);
        bytes.put(Piece.FOOTER, BlobFormat.HEADER_BYTES + tailBytes - blooms - hotcache);
        bytes.put(Piece.COLUMNS, columns.bytes());
        return bytes;
    }

    /** @throws IndexOutOfBoundsException where the part has no such row */
    RowGroup groupOf(int ordinal) {
        if (ordinal < 0 || ordinal >= counts.rows()) {
            throw new IndexOutOfBoundsException("row %d of %d".formatted(ordinal, counts.rows()));
        }
        int low = 0;
        int high = groups.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (groups.get(middle).first() <= ordinal) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return groups.get(low);
    }

    /** The group of a row, and those that follow it for as long as each continues a trace. */
    List<RowGroup> groupsOfTraceAt(int ordinal) {
        int first = groups.indexOf(groupOf(ordinal));
        int next = first + 1;
        while (next < groups.size() && groups.get(next).continues()) {
            next++;
        }
        return groups.subList(first, next);
    }

    /** The groups of the rows {@code [first, next)}. */
    List<RowGroup> groupsOf(int first, int next) {
        return groups.stream()
                .filter(group -> group.first() < next && group.next() > first)
                .toList();
    }
}
