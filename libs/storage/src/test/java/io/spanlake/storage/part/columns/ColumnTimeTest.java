package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTimeTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "2026-05-12T23:48:26.882Z, 1778629706882000",
        "2026-05-12T23:48:26.882123+00:00, 1778629706882123",
        "2026-05-13T01:48:26.882+02:00, 1778629706882000",
        "2026-05-12T23:48:26.882, 1778629706882000",
        "2026-05-12 23:48:26, 1778629706000000",
        "2026-05-12, 1778544000000000",
        "2261-12-31T23:59:59.999999Z, 9214646399999999"
    })
    void anInstantIsHeldInMicroseconds(String text, long epochMicros) {
        assertThat(ColumnTime.parse(text)).hasValue(epochMicros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1790000000",
                "1969-12-31T23:59:59.999Z",
                "2262-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-05-12T23:48:26.8821231Z",
                "2026-13-12T23:48:26Z"
            })
    void whatIsNoInstantOrFinerOrTooFarIsNotHeld(String text) {
        assertThat(ColumnTime.parse(text)).isEmpty();
    }
}
