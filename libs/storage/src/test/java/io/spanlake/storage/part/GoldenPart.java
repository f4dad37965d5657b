package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.LOGS;
import static io.spanlake.storage.part.PartFixtures.full;
import static io.spanlake.storage.part.PartFixtures.stamp;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the golden files of version 1 hold. Neither this nor the files are ever changed: a new version gets its own. */
final class GoldenPart {
    static final String PART = "/part/golden-v1.part";
    static final String ORC = "/part/golden-v1.orc";
    static final PartSettings SETTINGS = new PartSettings(200, 400, 3, 1 << 20);

    private GoldenPart() {}

    static List<RowState> rows() {
        return List.of(
                span("a", "t1", 1, "\"input\":\"Grüße, 世界\",\"metrics\":{\"start\":1790000001.25,\"tokens\":5}"),
                span("b", "t1", 2, "\"n\":[9223372036854775807,-0.0,1e308],\"tags\":[\"x\",\"y\"]")
                        .join(merge("b", "t1", 9, "\"output\":\"" + "abc ".repeat(100) + "\"")),
                span("c", "t1", 3, "\"metadata\":{\"model\":\"m\"}"),
                span("d", "t2", 4, "\"a\":\"\\u0000\\ud800\",\"a\":1"),
                RowState.of(full("e", Optional.empty(), stamp(5, 65_535), "{ \"spaces\" : [ 1 ,\n 2 ] }")),
                RowState.of(new Write(
                                LOGS,
                                "f",
                                Optional.empty(),
                                stamp(1, 9),
                                WriteKind.DELETE,
                                ByteSlice.ofUtf8("{\"_object_delete\":true}")))
                        .join(span("f", "ключ/\uD83D\uDE00", 6, "\"error\":null")));
    }

    private static RowState span(String id, String trace, int second, String fields) {
        var json = "{\"id\":\"%s\",\"root_span_id\":\"%s\",%s}".formatted(id, trace, fields);
        return RowState.of(full(id, Optional.of(trace), stamp(second, 0), json));
    }

    private static RowState merge(String id, String trace, int second, String fields) {
        var json = ByteSlice.ofUtf8("{\"id\":\"%s\",%s}".formatted(id, fields));
        return RowState.of(new Write(LOGS, id, Optional.of(trace), stamp(second, 0), WriteKind.MERGE, json));
    }

    /** Makes the files; how version 1 was made. */
    static void main(String... args) throws IOException {
        var target = Path.of(args[0]);
        var written = PartFixtures.write(Files.createTempDirectory("golden"), rows(), SETTINGS);
        Files.copy(written.part(), target.resolve("golden-v1.part"));
        Files.copy(written.orc(), target.resolve("golden-v1.orc"));
    }
}
