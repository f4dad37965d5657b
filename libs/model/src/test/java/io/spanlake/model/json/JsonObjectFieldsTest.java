package io.spanlake.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectFieldsTest {
    @Test
    void valuesAreRangesOfTheSameBytes() {
        byte[] around = "xx { \"a\" : 1.50 , \"b\":[ 1, {\"c\":\"]}\\\"\"} ] , \"\":\"\\ud800\" } yy"
                .getBytes(StandardCharsets.UTF_8);

        var fields = JsonObjectFields.of(ByteSlice.of(around, 3, around.length - 6));

        assertThat(fields).extracting(JsonField::name).containsExactly("a", "b", "");
        assertThat(fields)
                .extracting(field -> field.value().toUtf8())
                .containsExactly("1.50", "[ 1, {\"c\":\"]}\\\"\"} ]", "\"\\ud800\"");
        assertThat(fields).allSatisfy(field -> assertThat(field.value().array()).isSameAs(around));
    }

    @Test
    void anEmptyObjectHasNone() {
        assertThat(JsonObjectFields.of(ByteSlice.ofUtf8(" { } "))).isEmpty();
    }

    @Test
    void aKeyIsWhatItsTextIsHoweverItIsWritten() {
        var fields =
                JsonObjectFields.of(ByteSlice.ofUtf8("{\"\\u0061.b\":1,\"\\uD83D\\uDE00\":2,\"\\ud800\":3,\"é\":4}"));

        assertThat(fields).extracting(JsonField::name).containsExactly("a.b", "😀", "\ud800", "é");
        assertThat(fields.getFirst().rawName().toUtf8()).isEqualTo("\"\\u0061.b\"");
    }

    @Test
    void ofAKeyThatStandsTwiceTheLastWins() {
        var object = ByteSlice.ofUtf8("{\"a\":1,\"b\":2,\"\\u0061\":3}");

        assertThat(JsonObjectFields.of(object)).hasSize(3);
        assertThat(JsonObjectFields.lastOf(object).values())
                .extracting(field -> field.value().toUtf8())
                .containsExactly("3", "2");
        assertThat(JsonObjectFields.valueOf(object, "a")).map(ByteSlice::toUtf8).contains("3");
        assertThat(JsonObjectFields.valueOf(object, "c")).isEmpty();
    }

    @Test
    void longStringsEndAtTheirQuoteAndNoOther() {
        for (int length = 0; length < 40; length++) {
            for (int escapes = 0; escapes < 4; escapes++) {
                String raw = "\"" + "é".repeat(length) + "\\\\".repeat(escapes) + "\\\"x\"";

                var fields = JsonObjectFields.of(ByteSlice.ofUtf8("{\"a\":" + raw + ",\"b\":1}"));

                assertThat(fields).hasSize(2);
                assertThat(fields.getFirst().value().toUtf8()).isEqualTo(raw);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "[]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1} 2",
                "{} {}",
                "{\"a\":\"x}",
                "{\"a\":[1}",
                "{\"a\":\"\\",
                "{\"\\x\":1}",
                "{\"\\u12\":1}",
                "{,}"
            })
    void brokenBytesEndInAnErrorThatNamesThePlace(String broken) {
        assertThatThrownBy(() -> JsonObjectFields.of(ByteSlice.ofUtf8(broken)))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("at byte");
    }

    @Test
    void itemsOfAnArrayAreRangesToo() {
        assertThat(JsonArrayItems.of(ByteSlice.ofUtf8("[ 1 , [2,3],\"a,b\" ,{} ]")))
                .extracting(ByteSlice::toUtf8)
                .containsExactly("1", "[2,3]", "\"a,b\"", "{}");
        assertThat(JsonArrayItems.of(ByteSlice.ofUtf8("[ ]"))).isEmpty();
        assertThatThrownBy(() -> JsonArrayItems.of(ByteSlice.ofUtf8("[1,]"))).isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> JsonArrayItems.of(ByteSlice.ofUtf8("[1"))).isInstanceOf(JsonFormatException.class);
    }
}
