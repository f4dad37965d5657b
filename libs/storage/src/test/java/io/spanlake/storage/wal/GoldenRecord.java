package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the golden files of the envelope's version 2, and of a WAL object that took its block as it was, hold. Never
 * changed.
 */
final class GoldenRecord {
    static final String RECORD = "/wal/envelope-v2.bin";
    static final String OBJECT = "/wal/golden-v1-copied.wal";
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");

    private GoldenRecord() {}

    /** In the order in which they stand in the block. */
    static List<Write> packed() {
        return List.of(
                write(LOGS, "span-1", "trace-1", 0, WriteKind.FULL, "{\"id\":\"span-1\",\"input\":\"Grüße, 世界\"}"),
                write(LOGS, "span-1", "trace-1", 1, WriteKind.MERGE, "{\"output\":\"" + "abc ".repeat(100) + "\"}"),
                write(LOGS, "\uDC00\uD800x", "", 2, WriteKind.FULL, "{}"),
                write(LOGS, "span-2", null, 65_535, WriteKind.DELETE, "{\"_object_delete\":true}"));
    }

    /** Of the same section, in a block that the WAL object's writer made; of another object, and of the same. */
    static List<Write> loose() {
        return List.of(
                write(LOGS, "span-9", "trace-1", 7, WriteKind.COMMENT, "{\"comment\":{\"text\":\"no\"}}"),
                write(DATASET, "record", null, 8, WriteKind.FULL, "{\"n\":[9223372036854775807,-0.0,1e308]}"));
    }

    static PackedBlock block() {
        try (var packer = new BlockPacker(WalEncoding.DEFAULT)) {
            return packer.pack(packed()).getFirst();
        }
    }

    static EncodedWalObject object(PackedBlock block) {
        var section = new SectionWrites(3, 2, 17, 20, loose(), List.of(block));
        return WalObjectWriter.encode(ORGANIZATION, List.of(section), WalEncoding.DEFAULT);
    }

    private static Write write(
            ObjectRef object, String row, @Nullable String trace, int position, WriteKind kind, String json) {
        var stamp = new Stamp(TransactionId.of(1_790_000_000L, 7), position);
        return new Write(object, row, Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** Makes the files; how they were made. */
    static void main(String... args) throws IOException {
        var block = block();
        var record = new WritesRecord.Packed(ORGANIZATION, block).toRecord();
        Files.write(Path.of(args[0] + RECORD), record, StandardOpenOption.CREATE_NEW);
        var object = WriteFixtures.joined(object(block)).toArray();
        Files.write(Path.of(args[0] + OBJECT), object, StandardOpenOption.CREATE_NEW);
    }
}
