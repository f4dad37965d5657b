package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoInstantTest {
    @ParameterizedTest
    @CsvSource({
        "2026-05-12T23:48:26Z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48:26.Z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48:26.5Z, 2026-05-12T23:48:26.500Z",
        "2026-05-12T23:48:26.123456789Z, 2026-05-12T23:48:26.123456789Z",
        "2026-05-12T23:48:26.000000001, 2026-05-12T23:48:26.000000001Z",
        "2026-05-12T23:48:26, 2026-05-12T23:48:26Z",
        "2026-05-12 23:48:26Z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48Z, 2026-05-12T23:48:00Z",
        "2026-05-12t23:48:26z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48:26-01:30, 2026-05-13T01:18:26Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2026-05-12, 2026-05-12T00:00:00Z"
    })
    void instantsAreRead(String text, Instant instant) {
        assertThat(IsoInstant.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-05-12T23:48:26.1234567890Z",
                "2026-02-29T00:00:00Z",
                "2026-05-12T24:00:00Z",
                "2026-05-12T23:60:00Z",
                "2026-05-12T23:48:60Z",
                "2026-05-12T23:48:26ZZ",
                "2026-05-12T23:48:26.12 Z",
                "2026-05-1\u0662T23:48:26Z",
                "2026_05_12T23:48:26Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> IsoInstant.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void theUsualFormsAreReadAsTheGeneralParserReadsThem() {
        var chance = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var time = LocalDateTime.ofEpochSecond(
                    chance.nextLong(-60_000_000_000L, 250_000_000_000L), chance.nextInt(1_000_000_000), ZoneOffset.UTC);
            var text = DateTimeFormatter.ISO_DATE_TIME.format(time);

            assertThat(IsoInstant.parse(text)).as(text).isEqualTo(time.toInstant(ZoneOffset.UTC));
        }
    }
}
