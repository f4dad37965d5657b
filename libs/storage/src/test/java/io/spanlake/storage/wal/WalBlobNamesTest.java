package io.spanlake.storage.wal;

import static io.spanlake.storage.wal.WriteFixtures.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WalBlobNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:59:59.999Z");

    @Test
    void aNameLiesUnderTheOrganizationAndTheHour() {
        var name = WalBlobNames.fresh(ORGANIZATION, NOW, new Random(1));

        assertThat(name.value()).matches("orgs/" + ORGANIZATION + "/wal/2026/11/24/23/[0-9A-HJKMNP-TV-Z]{26}\\.wal");
    }

    @Test
    void namesSortByTime() {
        var random = new Random(2);

        assertThat(Stream.of(0, 1, 2, 3_600_000, 86_400_000)
                        .map(millis -> WalBlobNames.fresh(ORGANIZATION, NOW.plusMillis(millis), random)))
                .isSorted();
    }

    @Test
    void noNameComesTwice() {
        var random = new Random(3);

        assertThat(Stream.generate(() -> WalBlobNames.fresh(ORGANIZATION, NOW, random))
                        .limit(10_000))
                .doesNotHaveDuplicates();
    }
}
