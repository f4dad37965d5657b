package io.spanlake.storage.processed;

import static io.spanlake.storage.processed.StateFixtures.DATASET;
import static io.spanlake.storage.processed.StateFixtures.LOGS;
import static io.spanlake.storage.processed.StateFixtures.stamp;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the golden file of version 1 holds. Neither this nor the file is ever changed: a new version gets its own. */
final class GoldenProcessed {
    static final String FILE = "/processed/golden-v1.rows";
    static final ProcessedEncoding ENCODING = new ProcessedEncoding(256, 1, 10);
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    static final UUID SEGMENT = UUID.fromString("019a9c11-0d1e-7b2a-8c11-2f6d4f3a9b10");
    static final UUID OTHER_SEGMENT = UUID.fromString("019a9c11-0d1e-7b2a-8c11-2f6d4f3a9b11");

    private GoldenProcessed() {}

    /** Rows of one write and of two, a patch placed with its trace, a tombstone, a row that changed its trace. */
    static List<RowState> spans() {
        return List.of(
                RowState.of(write(
                                LOGS, "span-1", "trace-1", stamp(100, 0), WriteKind.FULL, "{\"input\":\"Grüße, 世界\"}"))
                        .join(RowState.of(write(
                                LOGS,
                                "span-1",
                                "trace-1",
                                stamp(101, 65_535),
                                WriteKind.MERGE,
                                "{\"output\":\"" + "abc ".repeat(70) + "\"}"))),
                RowState.of(write(LOGS, "span-2", null, stamp(102, 1), WriteKind.MERGE, "{\"scores\":{\"x\":0.5}}")),
                RowState.of(write(LOGS, "span-3", null, stamp(103, 2), WriteKind.DELETE, "{\"_object_delete\":true}")),
                RowState.of(write(
                                LOGS,
                                "ключ-\uD83D\uDE00",
                                "trace-2",
                                stamp(104, 3),
                                WriteKind.FULL,
                                "{\"n\":[-0.0,1e308]}"))
                        .join(RowState.of(write(
                                LOGS,
                                "ключ-\uD83D\uDE00",
                                "trace-3",
                                stamp(105, 3),
                                WriteKind.FULL,
                                "{ \"n\" : 2 }"))));
    }

    static List<RowState> records() {
        return List.of(RowState.of(write(
                DATASET, "record", null, stamp(99, 0), WriteKind.FULL, "{\"expected\":{\"a\":9223372036854775807}}")));
    }

    /** The trace under which each span is placed. */
    static Optional<String> placement(RowState state) {
        return switch (state.rowId()) {
            case "span-2" -> Optional.of("trace-1");
            default -> state.traceId();
        };
    }

    private static Write write(
            ObjectRef object, String row, @Nullable String trace, Stamp stamp, WriteKind kind, String json) {
        return new Write(object, row, Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    static EncodedProcessedBlob encoded() {
        try (var writer = new ProcessedBlobWriter(ORGANIZATION, ENCODING)) {
            writer.segment(SEGMENT, LOGS, 3, 1, 0, 9);
            spans().forEach(state -> writer.add(state, placement(state)));
            writer.segment(OTHER_SEGMENT, DATASET, 7, 2, 4_294_967_296L, 4_294_967_297L);
            records().forEach(state -> writer.add(state, placement(state)));
            return writer.finish();
        }
    }

    /** Makes the file; how version 1 was made. */
    static void main(String... args) throws IOException {
        Files.write(Path.of(args[0]), StateFixtures.joined(encoded()).toArray(), StandardOpenOption.CREATE_NEW);
    }
}
