package io.spanlake.storage.part;

import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.IdText;
import io.spanlake.storage.part.columns.ColumnStatisticsCodec;
import io.spanlake.storage.part.lucene.PartFile;
import java.util.List;

/** Writes the footer; {@link PartFooterReader} is its mirror. Layout: docs/formats/part.md. */
final class PartFooterWriter {
    static final int SECTION = 1;
    static final int PART = 2;

    private PartFooterWriter() {}

    /** Before it is compressed. */
    static ByteOutput encode(PartFooter footer) {
        var out = new ByteOutput(16 << 10);
        spec(out, footer.spec());
        footer.counts().writeTo(out);
        out.varint(footer.groups().size());
        footer.groups().forEach(group -> group(out, group));
        footer.rowIds().writeTo(out);
        footer.spanIds().writeTo(out);
        footer.traces().writeTo(out);
        files(out, footer.index());
        files(out, footer.text());
        footer.pages().writeTo(out);
        footer.rowBloom().writeTo(out);
        footer.spanBloom().writeTo(out);
        footer.traceBloom().writeTo(out);
        out.varint(footer.hotcaches().size());
        footer.hotcaches().forEach(frame -> frame.writeTo(out));
        footer.columns().writeTo(out);
        var statistics = new BinaryWriter(4 << 10);
        ColumnStatisticsCodec.write(footer.columnStatistics(), statistics);
        out.blob(statistics.toSlice());
        if (footer.spec().object().type().keepsVersions()) {
            out.blob(Ordinals.encode(footer.superseded()));
        }
        return out;
    }

    private static void spec(ByteOutput out, PartSpec spec) {
        Uuids.write(out, spec.organization().value());
        out.u8(spec.object().type().code()).blob(IdText.encode(spec.object().id()));
        Uuids.write(out, spec.project());
        out.varint(spec.level()).varint(spec.segments().size());
        spec.segments().forEach(segment -> Uuids.write(out, segment));
        out.varint(spec.inputs().size());
        spec.inputs().forEach(input -> input(out, input));
    }

    private static void input(ByteOutput out, PartInput input) {
        switch (input) {
            case PartInput.Section section -> {
                out.u8(SECTION).blob(IdText.encode(section.blob()));
                Uuids.write(out, section.segment());
                out.varint(section.partition())
                        .varint(section.incarnation())
                        .varint(section.first())
                        .varint(section.next());
            }
            case PartInput.Part part ->
                out.u8(PART).blob(IdText.encode(part.blob())).varint(part.deletionVectorVersion());
        }
    }

    private static void group(ByteOutput out, RowGroup group) {
        out.varint(2L * group.rows() + (group.continues() ? 1 : 0));
        group.json().writeTo(out);
        group.keys().writeTo(out);
    }

    private static void files(ByteOutput out, List<PartFile> files) {
        out.varint(files.size());
        files.forEach(file -> out.blob(IdText.encode(file.name())).varint(file.length()));
    }
}
