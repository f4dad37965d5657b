package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.stamp;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the golden files of version 2 hold: rows of a dataset, some of which have several versions. Never changed. */
final class GoldenVersions {
    static final String PART = "/part/golden-v2.part";
    static final String ORC = "/part/golden-v2.orc";
    static final BlobName NAME = new BlobName("orgs/o/parts/y.part");
    private static final ObjectRef DATASET = new ObjectRef(ObjectType.DATASET, "golden");

    private GoldenVersions() {}

    static List<PartRow> rows() {
        var first = RowState.of(write("a", 1, WriteKind.FULL, "{\"id\":\"a\",\"input\":\"one\",\"n\":1e3}"));
        var second = first.join(
                RowState.of(write("a", 5, WriteKind.MERGE, "{\"id\":\"a\",\"_is_merge\":true,\"expected\":[1, 2]}")));
        var third = second.join(RowState.of(write("a", 9, WriteKind.FULL, "{\"id\":\"a\",\"input\":\"three\"}")));
        var deleted = RowState.of(write("b", 2, WriteKind.FULL, "{\"id\":\"b\",\"input\":\"gone\"}"));
        return List.of(version(first, 5), version(second, 9), PartRow.of(third), version(deleted, 7));
    }

    private static PartRow version(RowState state, int until) {
        return PartRow.of(state, Optional.of(stamp(until, 0).transaction()));
    }

    private static Write write(String row, int second, WriteKind kind, String json) {
        return new Write(DATASET, row, Optional.empty(), stamp(second, 0), kind, ByteSlice.ofUtf8(json));
    }

    static WrittenPart written(Path folder) {
        var spec = new PartSpec(
                PartFixtures.ORGANIZATION,
                DATASET,
                PartFixtures.PROJECT,
                0,
                PartFixtures.SPEC.segments(),
                PartFixtures.SPEC.inputs());
        try (var writer = new PartWriter(spec, folder, GoldenPart.SETTINGS)) {
            for (var row : rows()) {
                writer.add(row);
            }
            return writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the files; how version 2 was made. */
    static void main(String... args) throws IOException {
        var target = Path.of(args[0]);
        var written = written(Files.createTempDirectory("golden"));
        Files.copy(written.part(), target.resolve("golden-v2.part"));
        Files.copy(written.orc(), target.resolve("golden-v2.orc"));
    }
}
