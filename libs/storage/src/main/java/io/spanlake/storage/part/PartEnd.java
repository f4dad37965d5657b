package io.spanlake.storage.part;

import com.github.luben.zstd.Zstd;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.part.lucene.PartFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Writes all that follows the rows: keys, lookups, indexes, tail. Blocks. */
final class PartEnd {
    private static final int TAIL_LEVEL = 9;

    private final PartSpec spec;
    private final PartCounts counts;
    private final RoaringBitmap superseded;
    private final PartFolder files;
    private final PartOutput part;

    /** @param superseded ordinals of versions that others took the place of */
    PartEnd(PartSpec spec, PartCounts counts, RoaringBitmap superseded, PartFolder files, PartOutput part) {
        this.spec = spec;
        this.counts = counts;
        this.superseded = superseded;
        this.files = files;
        this.part = part;
    }

    WrittenPart write(List<RowGroup> groups, IdHashes rowIds, IdHashes spanIds, IdHashes traces, FinishedPieces pieces)
            throws IOException {
        long keysOffset = part.position();
        part.append(files.keys());
        try (var pages = new PageWriter(part)) {
            var rowLookup = lookup(rowIds, pages);
            var spanLookup = lookup(spanIds, pages);
            var traceLookup = lookup(traces, pages);
            var index = files(pieces.index(), pages);
            var text = files(pieces.text(), pages);
            var table = pages.finish();
            long tailOffset = part.position();
            var footer = new PartFooter(
                    spec,
                    counts,
                    groups.stream()
                            .map(group -> group.withKeysMovedBy(keysOffset))
                            .toList(),
                    rowLookup,
                    spanLookup,
                    traceLookup,
                    index,
                    text,
                    table,
                    bloom(rowIds),
                    bloom(spanIds),
                    bloom(traces),
                    hotcaches(pieces.hotcaches()),
                    columns(),
                    pieces.columns(),
                    superseded);
            end(footer);
            return written(footer, tailOffset);
        }
    }

    private WrittenPart written(PartFooter footer, long tailOffset) {
        long partBytes = part.position();
        return new WrittenPart(
                files.part(),
                partBytes,
                files.columns(),
                footer.columns().bytes(),
                footer.statistics(partBytes - tailOffset),
                tailOffset);
    }

    private LookupTable lookup(IdHashes ids, PageWriter pages) throws IOException {
        var entries = new ByteOutput(64 << 10);
        var table = LookupTable.write(ids, counts.rows(), pages.position(), entries);
        pages.append(entries.toSlice());
        return table;
    }

    private static List<PartFile> files(List<Path> paths, PageWriter pages) throws IOException {
        var laid = new ArrayList<PartFile>(paths.size());
        for (var path : paths) {
            long offset = pages.position();
            pages.append(path);
            laid.add(new PartFile(path.getFileName().toString(), offset, pages.position() - offset));
        }
        return laid;
    }

    private TailPiece bloom(IdHashes ids) throws IOException {
        var bytes = ids.bloom().bytes();
        var piece = TailPiece.of(part.position(), bytes);
        part.append(bytes);
        return piece;
    }

    private List<FrameRef> hotcaches(List<ByteSlice> hotcaches) throws IOException {
        var frames = new ArrayList<FrameRef>(hotcaches.size());
        for (var hotcache : hotcaches) {
            var compressed = ByteSlice.of(Zstd.compress(hotcache.toArray(), TAIL_LEVEL));
            frames.add(new FrameRef(part.position(), compressed.length(), hotcache.length(), Crc.of(compressed)));
            part.append(compressed);
        }
        return frames;
    }

    private PageChecksums columns() throws IOException {
        var pages = new PageChecksums.Writer();
        FileBytes.forEach(
                files.columns(),
                PartFormat.PAGE_BYTES,
                bytes -> pages.update(bytes.array(), bytes.offset(), bytes.length()));
        return pages.finish();
    }

    private void end(PartFooter footer) throws IOException {
        var format = PartFormat.of(spec.object().type());
        var plain = PartFooterWriter.encode(footer);
        if (plain.length() > format.footerBytesMax()) {
            throw new IllegalArgumentException("a footer of %d bytes; at most %d: put fewer rows into one part"
                    .formatted(plain.length(), format.footerBytesMax()));
        }
        var compressed = ByteSlice.of(Zstd.compress(plain.toSlice().toArray(), TAIL_LEVEL));
        part.append(compressed);
        long partBytes = part.position() + BlobFormat.TRAILER_BYTES;
        part.append(format.trailer(compressed, plain.length(), partBytes).toSlice());
    }
}
