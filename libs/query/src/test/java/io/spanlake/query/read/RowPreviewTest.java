package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPreviewTest {
    @Test
    void aRowWithoutLargeValuesIsTheSame() {
        var row = ByteSlice.ofUtf8("{\"id\":\"r\",\"input\":[1e308, \"a\"],\"output\":{ }}");

        assertThat(new RowPreview(16).of(row)).isSameAs(row);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"a long id that stays","input":"0123456789"}      | {"id":"a long id that stays","input":"01234567…","_cut":{"input":12}}
            {"id":"a long id that stays","output":"abcdefg\\n\\u00e9z"} | {"id":"a long id that stays","output":"abcdefg…","_cut":{"output":18}}
            {"id":"a long id that stays","input":"\\ud83d\\ude00\\ud83d\\ude00"} | {"id":"a long id that stays","input":"…","_cut":{"input":26}}
            {"id":"a long id that stays","input":"éééééé"}          | {"id":"a long id that stays","input":"éééé…","_cut":{"input":14}}
            {"id":"a long id that stays","input":{"a":"x","b":"0123456789","c":[true]}} | {"id":"a long id that stays","input":{"a":"x","b":"01234567…","c":[true]},"_cut":{"input":37}}
            """)
    void stringsEndOnACharacter(String row, String preview) {
        assertThat(new RowPreview(8).of(ByteSlice.ofUtf8(row)).toUtf8()).isEqualTo(preview);
    }

    @Test
    void aFieldOfManyItemsEndsEarlyWithItsBracketsClosed() {
        var row = "{\"id\":\"r\",\"input\":[" + "{\"role\":\"user\",\"at\":[1]},".repeat(100) + "7]}";

        var preview = new RowPreview(8).of(ByteSlice.ofUtf8(row)).toUtf8();

        assertThat(preview)
                .startsWith("{\"id\":\"r\",\"input\":[{\"role\":\"user\",\"at\":[1]},{\"role\":\"user\",")
                .endsWith("],\"_cut\":{\"input\":2503}}")
                .hasSizeLessThan(140);
    }

    @Test
    void whateverIsCutIsJson() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            var row = "{\"id\":\"r\",\"input\":" + value(random, 4) + ",\"metadata\":" + value(random, 3) + "}";

            var preview = new RowPreview(1 + random.nextInt(40)).of(ByteSlice.ofUtf8(row));

            assertThat(JsonCheck.check(preview, JsonLimits.DEFAULT))
                    .as("%s of %s", preview.toUtf8(), row)
                    .isEmpty();
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> random.nextBoolean() ? "null" : "true";
            case 2 -> text(random);
            case 3 -> {
                var items = new StringBuilder("[");
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.append(value(random, depth - 1)).append(i > 1 ? " , " : "");
                }
                yield items.append(']').toString();
            }
            default -> {
                var fields = new StringBuilder("{");
                for (int i = random.nextInt(5); i > 0; i--) {
                    fields.append(text(random)).append(": ").append(value(random, depth - 1));
                    fields.append(i > 1 ? "," : "");
                }
                yield fields.append('}').toString();
            }
        };
    }

    private static String text(Random random) {
        var pieces =
                new String[] {"a", "é", "中", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "]"};
        var text = new StringBuilder("\"");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append('"').toString();
    }
}
