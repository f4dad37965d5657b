package io.spanlake.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Property
    void whatIsEncodedDecodesToItself(@ForAll String text) {
        var raw = JsonText.encodeString(text);

        assertThat(JsonText.decodeString(raw)).isEqualTo(text);
        assertThat(JsonCheck.check(raw, JsonLimits.DEFAULT)).isEmpty();
    }

    @Test
    void allEscapesAreKnown() {
        assertThat(JsonText.decodeString(
                        ByteSlice.ofUtf8("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00E9\\ud83d\\uDE00é\"")))
                .isEqualTo("a\"\\/\b\f\n\r\t\0é😀é");
    }

    @Test
    void loneSurrogatesStayWhatTheyAre() {
        assertThat(JsonText.decodeString(ByteSlice.ofUtf8("\"\\udc00\\ud800\"")))
                .isEqualTo("\udc00\ud800");
        assertThat(JsonText.encodeString("\ud800x\udc00").toUtf8()).isEqualTo("\"\\ud800x\\udc00\"");
    }

    @Test
    void aCutEscapeIsRefused() {
        for (String cut : new String[] {"\"", "\"\\\"", "\"\\u12\"", "\"\\q\"", "\"\\u00g0\"", "a", "\"a", ""}) {
            assertThatThrownBy(() -> JsonText.decodeString(ByteSlice.ofUtf8(cut)))
                    .isInstanceOf(JsonFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 4096})
    void asciiOfAnyLengthIsUtf8(int length) {
        assertThat(JsonText.isValidUtf8(ByteSlice.ofUtf8("a".repeat(length)))).isTrue();
    }
}
