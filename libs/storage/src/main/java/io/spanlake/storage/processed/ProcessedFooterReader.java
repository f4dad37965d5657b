package io.spanlake.storage.processed;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import io.spanlake.storage.processed.FrameRef.FilterRef;
import io.spanlake.storage.processed.ProcessedRow.WriteFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Reads the footer, and believes nothing that does not fit the rest: every length is bounded before anything is allocated
 * for it, frames and filters have to follow one another without a gap, counts and sums have to agree.
 */
final class ProcessedFooterReader {
    private static final int STAMP_BYTES = 8 + 2;
    private static final int WRITE_BYTES_MIN = 1 + STAMP_BYTES;
    private static final int ROW_BYTES_MIN = 1 + 8 + 1 + 1 + WRITE_BYTES_MIN;
    private static final int FRAME_BYTES_MIN = 1 + 1 + 4 + 1 + 4 + 1 + ROW_BYTES_MIN;
    private static final int SECTION_BYTES_MIN = 16 + 1 + 2 + 6 + 8 + 2 * STAMP_BYTES + 1 + FRAME_BYTES_MIN;
    private static final int FLAGS = ProcessedFormat.PLACED | ProcessedFormat.DELETED | ProcessedFormat.PATCH_ONLY;

    private record Key(UUID segment, int partition) {}

    /** A frame of which it is not yet known where its filter lies. */
    private record Placed(long offset, int length, int uncompressedBytes, int crc32c, List<ProcessedRow> rows) {}

    private final ByteInput in;
    /** Where the piece that is described next begins. */
    private long offset = BlobFormat.HEADER_BYTES;

    private ProcessedFooterReader(ByteInput in) {
        this.in = in;
    }

    static ProcessedFooter read(ByteSlice footerAndTrailer, long blobBytes) {
        var in = ProcessedFormat.FORMAT.footer(footerAndTrailer, blobBytes);
        try {
            return new ProcessedFooterReader(in).footer(blobBytes, blobBytes - footerAndTrailer.length());
        } catch (IllegalArgumentException e) {
            throw new CorruptBlobException("footer: " + e.getMessage(), e);
        }
    }

    private ProcessedFooter footer(long blobBytes, long footerOffset) {
        var organization = new OrganizationId(in.uuid());
        int count = in.count(SECTION_BYTES_MIN);
        var sections = new ArrayList<ProcessedSection>(count);
        var keys = new HashSet<Key>();
        for (int i = 0; i < count; i++) {
            var section = section();
            if (!keys.add(new Key(section.segment(), section.summary().partition()))) {
                throw in.corrupt("segment %s twice for one partition".formatted(section.segment()));
            }
            sections.add(section);
        }
        if (!in.isAtEnd()) {
            throw in.corrupt("bytes after the last section");
        }
        if (offset != footerOffset) {
            throw in.corrupt("the filters end at %d, the footer begins at %d".formatted(offset, footerOffset));
        }
        return new ProcessedFooter(organization, blobBytes, footerOffset, sections);
    }

    private ProcessedSection section() {
        var segment = in.uuid();
        var object = new ObjectRef(ObjectType.ofCode(in.u8()), IdText.decode(in.blob()));
        int partition = in.varint32();
        int incarnation = in.varint32();
        long first = in.varint();
        long next = in.varint();
        long rows = in.varint();
        long rawBytes = in.varint();
        long stampSum = in.u64();
        var min = stamp();
        var max = stamp();
        long begin = offset;
        var frames = frames(in.count(FRAME_BYTES_MIN));
        long length = frames.isEmpty() ? 0 : frames.getLast().end() - begin;
        var stated = new ProcessedSectionSummary(
                segment,
                object,
                partition,
                incarnation,
                first,
                next,
                rows,
                rawBytes,
                stampSum,
                min,
                max,
                begin,
                length);
        if (next <= first || frames.isEmpty() || !stated.equals(ProcessedSums.of(stated, frames))) {
            throw in.corrupt("range, counts or stamps of segment %s do not agree with its rows".formatted(segment));
        }
        return new ProcessedSection(stated, frames);
    }

    private List<FrameRef> frames(int count) {
        var placed = new ArrayList<Placed>(count);
        var filters = new ArrayList<FilterRef>(count);
        for (int i = 0; i < count; i++) {
            int length = in.varint32();
            int uncompressedBytes = in.varint32();
            int crc32c = in.u32();
            filters.add(new FilterRef(0, in.varint32(), in.u32()));
            placed.add(frame(length, uncompressedBytes, crc32c, rows(in.count(ROW_BYTES_MIN))));
        }
        var frames = new ArrayList<FrameRef>(count);
        for (int i = 0; i < count; i++) {
            var frame = placed.get(i);
            var filter = filters.get(i);
            frames.add(new FrameRef(
                    frame.offset,
                    frame.length,
                    frame.uncompressedBytes,
                    frame.crc32c,
                    new FilterRef(take(filter.length()), filter.length(), filter.crc32c()),
                    frame.rows));
        }
        return frames;
    }

    private Placed frame(int length, int uncompressedBytes, int crc32c, List<ProcessedRow> rows) {
        long sum = rows.stream().mapToLong(ProcessedRow::length).sum();
        if (length < 1 || rows.isEmpty() || sum != uncompressedBytes || sum > ProcessedFormat.FRAME_BYTES_MAX) {
            throw in.corrupt("a frame of %d bytes, %d uncompressed, whose %d rows have %d"
                    .formatted(length, uncompressedBytes, rows.size(), sum));
        }
        return new Placed(take(length), length, uncompressedBytes, crc32c, rows);
    }

    private long take(int length) {
        long begin = offset;
        offset += length;
        return begin;
    }

    private List<ProcessedRow> rows(int count) {
        var rows = new ArrayList<ProcessedRow>(count);
        long next = 0;
        for (int i = 0; i < count; i++) {
            var row = row((int) next);
            next += row.length();
            if (row.length() < 1 || next > ProcessedFormat.FRAME_BYTES_MAX) {
                throw in.corrupt("rows of more than a frame");
            }
            rows.add(row);
        }
        return rows;
    }

    private ProcessedRow row(int offsetInFrame) {
        int flags = in.u8();
        if ((flags & ~FLAGS) != 0) {
            throw in.corrupt("unknown flags %02x".formatted(flags));
        }
        boolean placed = (flags & ProcessedFormat.PLACED) != 0;
        long rowHash = in.u64();
        long traceHash = placed ? in.u64() : 0;
        int length = in.varint32();
        int count = in.count(WRITE_BYTES_MIN);
        if (count == 0) {
            throw in.corrupt("a row without writes");
        }
        var writes = new ArrayList<WriteFacts>(count);
        for (int i = 0; i < count; i++) {
            writes.add(write(placed, traceHash));
        }
        return new ProcessedRow(
                rowHash,
                placed,
                traceHash,
                (flags & ProcessedFormat.DELETED) != 0,
                (flags & ProcessedFormat.PATCH_ONLY) != 0,
                writes,
                offsetInFrame,
                length);
    }

    private WriteFacts write(boolean placed, long placedTrace) {
        int code = in.u8();
        var kind = WriteKind.ofCode((code & ProcessedFormat.KIND_MASK) + 1);
        var stamp = stamp();
        return switch (code >>> ProcessedFormat.TRACE_SHIFT) {
            case ProcessedFormat.TRACE_NONE -> new WriteFacts(stamp, kind, false, 0);
            case ProcessedFormat.TRACE_OTHER -> new WriteFacts(stamp, kind, true, in.u64());
            case ProcessedFormat.TRACE_PLACED -> {
                if (!placed) {
                    throw in.corrupt("a write that names the trace of a row that has none");
                }
                yield new WriteFacts(stamp, kind, true, placedTrace);
            }
            default -> throw in.corrupt("unknown code of a write %02x".formatted(code));
        };
    }

    private Stamp stamp() {
        return new Stamp(new TransactionId(in.u64()), in.u16());
    }
}
