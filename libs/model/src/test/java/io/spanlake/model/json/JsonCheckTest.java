package io.spanlake.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckTest {
    private static final JsonLimits TIGHT = new JsonLimits(3, 4, 8, 10);

    @Nested
    class WhatIsJsonPasses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    " \t\r\n[] ",
                    "null",
                    "true",
                    "\"\"",
                    "0",
                    "-0.0",
                    "1e308",
                    "5e-324",
                    "1E+400",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "123456789012345678901234567890",
                    "0.30000000000000004",
                    "{\"\":1,\"a.b\":2,\"a\":3,\"a\":4}",
                    "\"\\u0000\\ud800\\uDFFF\\/\\b\"",
                    "{\"\\ud800\":1}",
                    "\"\u2028\u0085\u007f\uffff\ufeff\"",
                    "[1,[2,[3,{\"a\":[]}]]]"
                })
        void asItIs(String json) {
            assertThat(JsonCheck.check(ByteSlice.ofUtf8(json), JsonLimits.DEFAULT))
                    .isEmpty();
        }

        @Test
        void upToTheDepthThatIsAllowed() {
            assertThat(JsonCheck.check(nested(JsonLimits.DEFAULT.depthMax()), JsonLimits.DEFAULT))
                    .isEmpty();
        }

        @Test
        void inTheMiddleOfAnArray() {
            byte[] around = "garbage{\"a\":1}garbage".getBytes(StandardCharsets.UTF_8);

            assertThat(JsonCheck.check(ByteSlice.of(around, 7, 7), JsonLimits.DEFAULT))
                    .isEmpty();
        }

        @Test
        void withManyKeysThatAreAllDifferent() {
            var json = new StringBuilder("{");
            for (int i = 0; i < 200_000; i++) {
                json.append("\"key-").append(i).append("\":").append(i).append(',');
            }
            json.append("\"last\":0}");

            assertThat(JsonCheck.check(ByteSlice.ofUtf8(json.toString()), JsonLimits.DEFAULT))
                    .isEmpty();
        }
    }

    @Nested
    class WhatIsNoJsonIsFoundWithItsPlace {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"a\":}       | 5",
                    "{\"a\" 1}      | 5",
                    "{\"a\":1,}     | 7",
                    "[1,]           | 3",
                    "[1 2]          | 3",
                    "{a:1}          | 1",
                    "{'a':1}        | 1",
                    "01             | 0",
                    "1 2            | 2",
                    "{} {}          | 3",
                    "}              | 0",
                })
        void atItsOffset(String json, int offset) {
            var fault =
                    JsonCheck.check(ByteSlice.ofUtf8(json), JsonLimits.DEFAULT).orElseThrow();

            assertThat(fault.kind()).isEqualTo(JsonFault.Kind.SYNTAX);
            assertThat(fault.offset()).isEqualTo(offset);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "  ",
                    "{",
                    "[1",
                    "{\"a\"",
                    "\"abc",
                    "\"\\u12\"",
                    "tru",
                    "nul",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "+1",
                    ".5",
                    "1.",
                    "1e",
                    "-",
                    "0x10",
                    "\"\\x\"",
                    "\"\\u12G4\"",
                    "\"a\nb\"",
                    "\"a\tb\"",
                    "{\"a\nb\":1}",
                    "// comment\n1",
                    "1/**/",
                    "\ufeff{}",
                    "{\u00a0}",
                    "[1}",
                    "{]",
                    "truefalse",
                    "\"a\"\"b\""
                })
        void alsoInsideOfStringsNobodyReads(String json) {
            assertThat(JsonCheck.check(ByteSlice.ofUtf8(json), JsonLimits.DEFAULT))
                    .isPresent();
            assertThat(JsonCheck.check(ByteSlice.ofUtf8("{\"skipped\":[" + json + "]"), JsonLimits.DEFAULT))
                    .isPresent();
        }

        @Test
        void utf16IsNotGuessed() {
            byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

            assertThat(JsonCheck.check(ByteSlice.of(utf16), JsonLimits.DEFAULT)).isPresent();
        }

        @Test
        void theMessageShowsNothingOfTheValue() {
            var fault = JsonCheck.check(ByteSlice.ofUtf8("{\"a\":secretword}"), JsonLimits.DEFAULT)
                    .orElseThrow();

            assertThat(fault.message()).doesNotContain("secret");
        }
    }

    @Nested
    class TextThatIsNotUtf8IsRefused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "BF",
                    "C080",
                    "C1BF",
                    "E08080",
                    "E09FBF",
                    "EDA080",
                    "EDBFBF",
                    "F0808080",
                    "F08FBFBF",
                    "F4908080",
                    "F5808080",
                    "FF",
                    "FE",
                    "C2",
                    "E282",
                    "F09F98",
                    "C320",
                    "E28220",
                    "F09F9820",
                    "E220AC"
                })
        void whereverItStands(String hex) {
            byte[] bad = HexFormat.of().parseHex(hex);
            for (int shift = 0; shift < 20; shift++) {
                byte[] head = ("\"" + "x".repeat(shift)).getBytes(StandardCharsets.UTF_8);
                byte[] json = new byte[head.length + bad.length + 1];
                System.arraycopy(head, 0, json, 0, head.length);
                System.arraycopy(bad, 0, json, head.length, bad.length);
                json[json.length - 1] = '"';

                var fault =
                        JsonCheck.check(ByteSlice.of(json), JsonLimits.DEFAULT).orElseThrow();

                assertThat(fault.kind()).isEqualTo(JsonFault.Kind.ENCODING);
                assertThat(fault.offset()).isEqualTo(head.length);
            }
        }

        @Test
        void everyCodePointThatExistsIsTaken() {
            var all = new StringBuilder();
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                    all.appendCodePoint(c);
                }
            }

            assertThat(JsonText.isValidUtf8(ByteSlice.ofUtf8(all.toString()))).isTrue();
        }
    }

    @Nested
    class LimitsAreNamed {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[[[[]]]]                                  | TOO_DEEP        | 3 | deeper than 3",
                    "{\"a\":1,\"b\":{\"c\":1,\"d\":1,\"e\":1}} | TOO_MANY_KEYS   | 24 | more than 4 keys",
                    "{\"123456789\":1}                         | KEY_TOO_LONG    | 1 | a key of more than 8 characters",
                    "[12345678901]                             | NUMBER_TOO_LONG | 1 | a number of more than 10 characters",
                })
        void withTheirPlace(String json, JsonFault.Kind kind, int offset, String message) {
            byte[] shifted = ("     " + json).getBytes(StandardCharsets.UTF_8);

            var fault = JsonCheck.check(ByteSlice.of(shifted, 5, shifted.length - 5), TIGHT);

            assertThat(fault).contains(new JsonFault(kind, offset, message));
        }

        @Test
        void aDepthFarBeyondIsRefusedWithoutAStackOverflow() {
            assertThat(JsonCheck.check(nested(100_000), JsonLimits.DEFAULT))
                    .map(JsonFault::kind)
                    .contains(JsonFault.Kind.TOO_DEEP);
        }
    }

    private static ByteSlice nested(int depth) {
        return ByteSlice.ofUtf8("[".repeat(depth) + "]".repeat(depth));
    }
}
