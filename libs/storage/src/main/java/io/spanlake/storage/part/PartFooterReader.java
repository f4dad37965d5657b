package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import io.spanlake.storage.part.columns.ColumnStatistics;
import io.spanlake.storage.part.columns.ColumnStatisticsCodec;
import io.spanlake.storage.part.lucene.PartFile;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads the footer, and believes nothing that does not fit the rest: every count is bounded before anything is allocated for
 * it, pieces have to follow one another without a gap, counts have to agree.
 */
final class PartFooterReader {
    private static final int INPUT_BYTES_MIN = 1 + 1 + 1;
    private static final int GROUP_BYTES_MIN = 1 + 2 * FrameRef.BYTES_MIN;
    private static final int FILE_BYTES_MIN = 2;

    private final ByteInput in;
    /** Where the next piece begins. */
    private long at = BlobFormat.HEADER_BYTES;

    private PartFooterReader(ByteInput in) {
        this.in = in;
    }

    /** @param end footer and trailer, exactly */
    static PartFooter read(ByteSlice end, long blobBytes) {
        var in = PartFormat.BLOB.footer(end, blobBytes);
        try {
            var reader = new PartFooterReader(in);
            var footer = reader.footer();
            if (!in.isAtEnd()) {
                throw in.corrupt("bytes after the last field");
            }
            if (reader.at != blobBytes - end.length()) {
                throw in.corrupt(
                        "the pieces end at %d, the footer begins at %d".formatted(reader.at, blobBytes - end.length()));
            }
            return footer;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CorruptBlobException("footer: " + e.getMessage(), e);
        }
    }

    private PartFooter footer() {
        var spec = spec();
        var counts = PartCounts.read(in);
        var groups = groups(counts.rows());
        long pagesOffset = at;
        at = 0;
        var rowIds = lookup();
        var spanIds = lookup();
        var traces = lookup();
        if (rowIds.count() != counts.rows() || spanIds.count() != counts.rows() || traces.count() != counts.traces()) {
            throw in.corrupt("lookups that do not fit %d rows".formatted(counts.rows()));
        }
        var index = files();
        var text = files();
        var pages = PageTable.read(in, pagesOffset);
        if (pages.bytes() != at) {
            throw in.corrupt("pages of %d bytes, files of %d".formatted(pages.bytes(), at));
        }
        at = pages.end();
        var rowBloom = bloom();
        var spanBloom = bloom();
        var traceBloom = bloom();
        var hotcaches = hotcaches();
        var columns = PageChecksums.read(in);
        var columnStatistics = columnStatistics();
        var superseded =
                spec.object().type().keepsVersions() && !in.isAtEnd() ? superseded(counts.rows()) : new RoaringBitmap();
        return new PartFooter(
                spec,
                counts,
                groups,
                rowIds,
                spanIds,
                traces,
                index,
                text,
                pages,
                rowBloom,
                spanBloom,
                traceBloom,
                hotcaches,
                columns,
                columnStatistics,
                superseded);
    }

    /** A part of the first version has none: an object's versions were not kept then. */
    private RoaringBitmap superseded(int rows) {
        var ordinals = Ordinals.decode(in.blob(), in);
        if (!ordinals.isEmpty() && ordinals.last() >= rows) {
            throw in.corrupt("row %d of %d is superseded".formatted(ordinals.last(), rows));
        }
        return ordinals;
    }

    private List<ColumnStatistics> columnStatistics() {
        return ColumnStatisticsCodec.read(new BinaryReader(in.blob(), (message, _) -> in.corrupt(message)));
    }

    private PartSpec spec() {
        var organization = new OrganizationId(Uuids.read(in));
        var object = new ObjectRef(ObjectType.ofCode(in.u8()), text());
        var project = Uuids.read(in);
        int level = in.varint32();
        int segmentCount = in.count(Uuids.BYTES);
        var segments = new ArrayList<UUID>(segmentCount);
        for (int i = 0; i < segmentCount; i++) {
            segments.add(Uuids.read(in));
        }
        int inputCount = in.count(INPUT_BYTES_MIN);
        var inputs = new ArrayList<PartInput>(inputCount);
        for (int i = 0; i < inputCount; i++) {
            inputs.add(input());
        }
        return new PartSpec(organization, object, project, level, segments, inputs);
    }

    private PartInput input() {
        int kind = in.u8();
        return switch (kind) {
            case PartFooterWriter.SECTION ->
                new PartInput.Section(text(), Uuids.read(in), in.varint32(), in.varint32(), in.varint(), in.varint());
            case PartFooterWriter.PART -> new PartInput.Part(text(), in.varint32());
            default -> throw in.corrupt("an input of kind " + kind);
        };
    }

    private String text() {
        return IdText.decode(in.blob());
    }

    /** All row frames lie before all key frames. */
    private List<RowGroup> groups(int rows) {
        int count = in.count(GROUP_BYTES_MIN);
        var groups = new ArrayList<RowGroup>(count);
        long keysAt = 0;
        int first = 0;
        for (int i = 0; i < count; i++) {
            int rowsAndFlag = in.varint32();
            int groupRows = rowsAndFlag >>> 1;
            boolean continues = (rowsAndFlag & 1) != 0;
            if (groupRows < 1 || groupRows > rows - first) {
                throw in.corrupt("a group of %d rows where %d are left".formatted(groupRows, rows - first));
            }
            var json = FrameRef.read(in, at);
            var keys = FrameRef.read(in, keysAt);
            groups.add(new RowGroup(first, groupRows, continues, json, keys));
            first += groupRows;
            at = json.end();
            keysAt = keys.end();
        }
        if (first != rows) {
            throw in.corrupt("groups of %d rows, not %d".formatted(first, rows));
        }
        long keysOffset = at;
        groups.replaceAll(group -> group.withKeysMovedBy(keysOffset));
        at += keysAt;
        return groups;
    }

    private LookupTable lookup() {
        var table = LookupTable.read(in, at);
        at += table.bytes();
        return table;
    }

    private List<PartFile> files() {
        int count = in.count(FILE_BYTES_MIN);
        var files = new ArrayList<PartFile>(count);
        for (int i = 0; i < count; i++) {
            var file = new PartFile(text(), at, in.varint());
            files.add(file);
            at = Math.addExact(at, file.length());
        }
        return files;
    }

    private TailPiece bloom() {
        var piece = TailPiece.read(in, at);
        at = piece.end();
        return piece;
    }

    private List<FrameRef> hotcaches() {
        int count = in.count(FrameRef.BYTES_MIN);
        var frames = new ArrayList<FrameRef>(count);
        for (int i = 0; i < count; i++) {
            var frame = FrameRef.read(in, at);
            frames.add(frame);
            at = frame.end();
        }
        return frames;
    }
}
