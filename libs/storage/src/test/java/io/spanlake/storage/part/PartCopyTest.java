package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.row.RowState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that go from part to part: frames that stay as they are are copied, and every row comes back as it was. */
class PartCopyTest {
    /** So that what was compressed anew shows: the copies are of another level. */
    private static final PartSettings SQUEEZED = new PartSettings(2_000, 6_000, 19, 1 << 20);

    private static final PartSettings LOOSE = new PartSettings(2_000, 6_000, 1, 1 << 20);

    private final Path folder;
    private int parts;

    PartCopyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void framesAreCopiedWhereTheRowsOfAPartGoOnAsTheyAre() throws IOException {
        var rows = PartFixtures.rows(1, 300);
        var source = part(rows, SQUEEZED);

        var copy = written(List.of(source), LOOSE, row -> true);

        assertThat(bytes(copy)).isEqualTo(bytes(source)).isLessThan(bytes(part(rows, LOOSE)));
        assertThat(read(copy)).isEqualTo(read(source));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRowComesBackWhicheverAreLeftOut(long seed) throws IOException {
        var random = new Random(seed);
        var sources = new ArrayList<PartReader>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            sources.add(part(PartFixtures.rows(seed * 10 + i, 1 + random.nextInt(200)), SQUEEZED));
        }
        int oneIn = 1 + random.nextInt(60);
        var left = new ArrayList<String>();

        var copy = written(sources, LOOSE, row -> {
            boolean kept = random.nextInt(oneIn) > 0 || left.isEmpty();
            if (kept) {
                left.add(row.stored().json().toUtf8());
            }
            return kept;
        });

        assertThat(read(copy)).as("seed %d", seed).isEqualTo(left);
        copy.prove().block();
    }

    private interface Wanted {
        boolean test(PartRow row);
    }

    private PartReader part(List<RowState> rows, PartSettings settings) {
        return put(PartFixtures.write(next(), rows, settings));
    }

    private PartReader written(List<PartReader> sources, PartSettings settings, Wanted wanted) throws IOException {
        try (var writer = new PartWriter(PartFixtures.SPEC, next(), settings)) {
            for (var source : sources) {
                for (var row : source.rows(0, source.rows()).toIterable(1)) {
                    if (wanted.test(row)) {
                        writer.add(row);
                    }
                }
            }
            return put(writer.finish());
        }
    }

    private Path next() {
        return folder.resolve("work-" + parts++);
    }

    private PartReader put(WrittenPart written) {
        return PartFixtures.put(PartFixtures.store(folder.resolve("store-" + parts)), written);
    }

    private static long bytes(PartReader part) {
        return part.statistics().bytes().getOrDefault(Piece.ROWS, 0L);
    }

    private static List<String> read(PartReader part) {
        var rows = new ArrayList<String>();
        for (var row : part.rows(0, part.rows()).toIterable()) {
            rows.add(row.stored().json().toUtf8());
        }
        return rows;
    }
}
