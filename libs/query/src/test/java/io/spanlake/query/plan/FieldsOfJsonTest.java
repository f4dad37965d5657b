package io.spanlake.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsOfJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[2, {\"a\":3}],\"c\":\"x\"} | a b | {\"a\":1,\"b\":[2, {\"a\":3}]}",
                "{ \"c\" : \"x\" , \"a\" : 1.50 } | a | {\"a\":1.50}",
                "{\"\\u0061\":1} | a | {\"\\u0061\":1}",
                "{\"a\":1,\"a\":2} | a | {\"a\":2}",
                "{\"c\":1} | a | {}",
                "{} | a | {}",
            })
    void hasTheFieldsThatAreWantedAsTheyCame(String json, String fields, String kept) {
        assertThat(FieldsOfJson.of(ByteSlice.ofUtf8(json), Set.of(fields.split(" ")))
                        .toUtf8())
                .isEqualTo(kept);
    }
}
