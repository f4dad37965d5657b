package io.spanlake.segments.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentIdsTest {
    @Test
    void areUuidsOfVersion7ThatSortByTimeAndSayIt() {
        var random = new Random(7);
        var now = Instant.parse("2026-11-24T12:00:00.123Z");
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 100; i++) {
            var at = now.plusMillis(i);
            ids.add(SegmentIds.fresh(() -> at, random));
        }

        assertThat(ids).allSatisfy(id -> assertThat(id.version()).isEqualTo(7));
        assertThat(ids).allSatisfy(id -> assertThat(id.variant()).isEqualTo(2));
        assertThat(ids.stream().map(UUID::toString)).isSorted();
        assertThat(SegmentIds.openedAt(ids.getFirst())).isEqualTo(now);
    }
}
