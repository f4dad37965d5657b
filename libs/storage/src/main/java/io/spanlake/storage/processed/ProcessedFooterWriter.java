package io.spanlake.storage.processed;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.IdText;
import java.util.List;

/** Writes footers; {@link ProcessedFooterReader} is its mirror. Layout: docs/formats/processed.md. */
final class ProcessedFooterWriter {
    private ProcessedFooterWriter() {}

    /** The footer before it is compressed. */
    static ByteOutput footer(OrganizationId organization, List<ProcessedSection> sections) {
        var out = new ByteOutput(16 << 10).uuid(organization.value()).varint(sections.size());
        sections.forEach(section -> section(out, section));
        return out;
    }

    private static void section(ByteOutput out, ProcessedSection section) {
        var summary = section.summary();
        out.uuid(summary.segment())
                .u8(summary.object().type().code())
                .blob(IdText.encode(summary.object().id()))
                .varint(summary.partition())
                .varint(summary.incarnation())
                .varint(summary.first())
                .varint(summary.next())
                .varint(summary.rows())
                .varint(summary.rawBytes())
                .u64(summary.stampSum());
        stamp(out, summary.minStamp());
        stamp(out, summary.maxStamp());
        out.varint(section.frames().size());
        section.frames().forEach(frame -> frame(out, frame));
    }

    private static void frame(ByteOutput out, FrameRef frame) {
        out.varint(frame.length())
                .varint(frame.uncompressedBytes())
                .u32(frame.crc32c())
                .varint(frame.filter().length())
                .u32(frame.filter().crc32c())
                .varint(frame.rows().size());
        frame.rows().forEach(row -> row(out, row));
    }

    private static void row(ByteOutput out, ProcessedRow row) {
        out.u8((row.placed() ? ProcessedFormat.PLACED : 0)
                        | (row.deleted() ? ProcessedFormat.DELETED : 0)
                        | (row.patchOnly() ? ProcessedFormat.PATCH_ONLY : 0))
                .u64(row.rowHash());
        if (row.placed()) {
            out.u64(row.traceHash());
        }
        out.varint(row.length()).varint(row.writes().size());
        row.writes().forEach(write -> write(out, row, write));
    }

    private static void write(ByteOutput out, ProcessedRow row, ProcessedRow.WriteFacts write) {
        boolean placed = write.namesTrace() && row.placed() && write.traceHash() == row.traceHash();
        int trace = !write.namesTrace()
                ? ProcessedFormat.TRACE_NONE
                : placed ? ProcessedFormat.TRACE_PLACED : ProcessedFormat.TRACE_OTHER;
        out.u8((write.kind().code() - 1) | (trace << ProcessedFormat.TRACE_SHIFT));
        stamp(out, write.stamp());
        if (trace == ProcessedFormat.TRACE_OTHER) {
            out.u64(write.traceHash());
        }
    }

    private static void stamp(ByteOutput out, Stamp stamp) {
        out.u64(stamp.transaction().value()).u16(stamp.position());
    }
}
