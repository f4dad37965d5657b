package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object that is written, patched and deleted from for long: neither the catalog nor the store grows by what is over. */
class LongLoadTest {
    private static final int ROUNDS = 18;
    private static final int HALF = 9;
    private static final int ROWS = 8;
    /** Of merges by threes, two more of each further level. */
    private static final int PARTS_MORE = 4;

    /** What is kept for a time of its own is not among them: swaps for 30 days, segments for a day, receipts. */
    private static final List<String> TABLES = List.of(
            "blobs where name not like '%/receipts/%'",
            "processed_objects",
            "processed_sections",
            "parts",
            "wal_objects",
            "wal_sections",
            "wal_section_objects",
            "object_floors",
            "published_objects");

    @Test
    void tablesAndBlobsStayAsTheyAreAfterHalfOfIt(@TempDir Path folder) {
        try (var kit = new CompactorKit(folder)) {
            Map<String, Long> half = Map.of();
            for (int round = 0; round < ROUNDS; round++) {
                round(kit, round);
                if (round == HALF) {
                    half = counts(kit);
                }
            }
            var end = counts(kit);
            assertThat(end.keySet()).isEqualTo(half.keySet());
            for (var table : end.entrySet()) {
                assertThat(table.getValue())
                        .as("%s, %s after %s", table.getKey(), end, half)
                        .isLessThanOrEqualTo(half.getOrDefault(table.getKey(), 0L) + 3 * PARTS_MORE);
            }
            assertThat(kit.visible()).isEqualTo(kit.expected());
        }
    }

    private static void round(CompactorKit kit, int round) {
        var writes = new ArrayList<>(IntStream.range(0, ROWS)
                .mapToObj(row -> kit.full(
                        "r%d-%d".formatted(round, row),
                        "t" + round,
                        "{\"id\":\"r%d-%d\",\"root_span_id\":\"t%d\"}".formatted(round, row, round)))
                .toList());
        if (round > 2) {
            writes.add(kit.merge("r%d-1".formatted(round - 2), "{\"_is_merge\":true,\"scores\":{\"s\":1}}"));
            writes.add(kit.delete("r%d-2".formatted(round - 2)));
        }
        kit.append(writes);
        kit.cut();
        kit.closeEverything();
        kit.compactUntilIdle();
        kit.sweeper(Duration.ofDays(1)).sweepRetired();
    }

    private static Map<String, Long> counts(CompactorKit kit) {
        var counts = new LinkedHashMap<String, Long>();
        TABLES.forEach(table -> counts.put(table, kit.database.number("select count(*) from " + table)));
        counts.put(
                "files",
                kit.blobNames().stream()
                        .filter(name -> !name.contains("/receipts/"))
                        .count());
        return counts;
    }
}
