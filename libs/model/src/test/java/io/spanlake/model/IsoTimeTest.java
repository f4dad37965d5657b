package io.spanlake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-05-12T23:48:26Z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48:26.5Z, 2026-05-12T23:48:26.500Z",
        "2026-05-12T23:48:26.123456789Z, 2026-05-12T23:48:26.123456789Z",
        "2026-05-12T23:48:26.000000001, 2026-05-12T23:48:26.000000001Z",
        "2026-05-12T23:48:26, 2026-05-12T23:48:26Z",
        "2026-05-12 23:48:26Z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48Z, 2026-05-12T23:48:00Z",
        "2026-05-12t23:48:26z, 2026-05-12T23:48:26Z",
        "2026-05-12T23:48:26-01:30, 2026-05-13T01:18:26Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2026-05-12T23:48:26.1234567899Z, 2026-05-12T23:48:26.123456789Z",
        "2026-05-12T24:00:00Z, 2026-05-13T00:00:00Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "'2026-05-12 23:48:26,25 +0100', 2026-05-12T22:48:26.250Z",
        "2026-05-12T01:02:03.5+0230, 2026-05-11T22:32:03.500Z",
        "2026-05-12T01:02:03-05, 2026-05-12T06:02:03Z",
        "2026-05-12 01:02, 2026-05-12T01:02:00Z",
        "' 2026-05-12 ', 2026-05-12T00:00:00Z",
        "2026-05-12, 2026-05-12T00:00:00Z"
    })
    void instantsAreRead(String text, Instant instant) {
        assertThat(IsoTime.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026",
                "2026-13-01",
                "2026-05-12T",
                "2026-05-12T1:00",
                "2026-05-12T01:00+99",
                "2026-05-12T23:48:26.Z",
                "2026-02-29T00:00:00Z",
                "2026-05-12T24:00:01Z",
                "2026-05-12T24:30Z",
                "2026-05-12T23:60:00Z",
                "2026-05-12T23:48:61Z",
                "2026-05-12T23:48:26ZZ",
                "2026-05-12T23:48:26.12  Z",
                "2026-05-1\u0662T23:48:26Z",
                "2026_05_12T23:48:26Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }

    @Test
    void theUsualFormsAreReadAsThePlatformReadsThem() {
        var chance = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var time = LocalDateTime.ofEpochSecond(
                    chance.nextLong(-60_000_000_000L, 250_000_000_000L), chance.nextInt(1_000_000_000), ZoneOffset.UTC);
            var text = DateTimeFormatter.ISO_DATE_TIME.format(time);

            assertThat(IsoTime.parse(text)).as(text).contains(time.toInstant(ZoneOffset.UTC));
        }
    }
}
