package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.DATASET;
import static io.spanlake.storage.wal.WriteFixtures.LOGS;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
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

/** What the golden file of version 1 holds. Neither this nor the file is ever changed: a new version gets its own. */
final class GoldenWal {
    static final String FILE = "/wal/golden-v1.wal";
    static final WalEncoding ENCODING = new WalEncoding(256, 1);
    static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    private static final ObjectRef ODD = new ObjectRef(ObjectType.FUNCTION, "ключ/\uD83D\uDE00");

    private GoldenWal() {}

    /** In the order in which they are read. */
    static List<SectionWrites> sections() {
        return List.of(
                new SectionWrites(0, 1, 0, 9, firstSection()),
                new SectionWrites(7, 3, 4_294_967_296L, 4_294_967_297L, secondSection()),
                new SectionWrites(2, 1, 41, 44, List.of()));
    }

    private static List<Write> firstSection() {
        return List.of(
                write(LOGS, "span-1", "trace-1", 100, 0, WriteKind.FULL, "{\"id\":\"span-1\",\"input\":\"Grüße, 世界\"}"),
                write(LOGS, "span-2", "trace-1", 100, 1, WriteKind.FULL, "{\"n\":[9223372036854775807,-0.0,1e308]}"),
                write(
                        LOGS,
                        "span-1",
                        "trace-1",
                        101,
                        65_535,
                        WriteKind.MERGE,
                        "{\"output\":\"" + "abc ".repeat(100) + "\"}"),
                write(LOGS, "\u0000", "\uD800", 100, 2, WriteKind.FULL, "{\"a\":\"\\u0000\\ud800\",\"a\":1}"),
                write(LOGS, "\uDC00\uD800x", "", 100, 3, WriteKind.FULL, "{}"),
                write(DATASET, "record", null, 99, 0, WriteKind.DELETE, "{\"_object_delete\":true}"),
                write(DATASET, "other", null, 4_294_967_295L, 4, WriteKind.COMMENT, "{\"comment\":{\"text\":\"no\"}}"));
    }

    private static List<Write> secondSection() {
        return List.of(write(ODD, "f", "f", 0, 0, WriteKind.FULL, "{ \"spaces\" : [ 1 , 2 ] }"));
    }

    private static Write write(
            ObjectRef object,
            String row,
            @Nullable String trace,
            long seconds,
            int position,
            WriteKind kind,
            String json) {
        var stamp = new Stamp(TransactionId.of(seconds, 65_535), position);
        return new Write(object, row, Optional.ofNullable(trace), stamp, kind, ByteSlice.ofUtf8(json));
    }

    /** Makes the file; how version 1 was made. */
    static void main(String... args) throws IOException {
        var encoded = WalObjectWriter.encode(ORGANIZATION, sections(), ENCODING);
        Files.write(Path.of(args[0]), WriteFixtures.joined(encoded).toArray(), StandardOpenOption.CREATE_NEW);
    }
}
