package io.spanlake.storage.part;

import static io.spanlake.storage.part.PartFixtures.full;
import static io.spanlake.storage.part.PartFixtures.stamp;

import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the golden files hold of the first index that also has the keys of null. Never changed. */
final class GoldenNullKeys {
    static final String PART = "/part/golden-null-keys.part";

    private GoldenNullKeys() {}

    private static List<RowState> rows() {
        return List.of(
                row("a", "{\"metadata\":{\"gone\":null,\"kept\":1}}"),
                row("b", "{\"metadata\":{\"items\":[{\"kept\":null}]}}"));
    }

    private static RowState row(String id, String json) {
        return RowState.of(full(id, Optional.of("t"), stamp(1, 0), json));
    }

    /** Makes the files. */
    static void main(String... args) throws IOException {
        var target = Path.of(args[0]);
        var written = PartFixtures.write(Files.createTempDirectory("golden"), rows(), GoldenPart.SETTINGS);
        Files.copy(written.part(), target.resolve("golden-null-keys.part"));
        Files.copy(written.orc(), target.resolve("golden-null-keys.orc"));
    }
}
