package io.spanlake.gateway.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.gateway.row.RowKeys;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.service.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
    private static final String UPPER = "8A0CBB9E-64D5-4A62-8F0A-4F0F4F7F6A01";
    private static final String LOWER = "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01";

    private final RowReader reader = new RowReader();

    private RowKeys read(String row) {
        var cursor = new JsonCursor(JsonLimits.DEFAULT);
        byte[] text = row.getBytes(StandardCharsets.UTF_8);
        cursor.start(text, 0, text.length);
        return reader.read(cursor, 0, 0);
    }

    private RowKeys withCreated(String created) {
        return read("{\"id\":\"a\",\"created\":" + created + ",\"experiment_id\":\"e\"}");
    }

    @Test
    void oneRowAfterAnotherMaySpellItsObjectAsItLikes() {
        for (var spelling : new String[] {UPPER, UPPER, LOWER, UPPER, LOWER, LOWER}) {
            var object = read("{\"experiment_id\":\"" + spelling + "\"}").object();

            assertThat(object.id()).isEqualTo(LOWER);
        }
    }

    @Test
    void anObjectThatIsNoneIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> read("{\"experiment_id\":\"a\\u0000\"}")).isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> read("{\"experiment_id\":\"\"}")).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void theTimeIsTextOfUpToSixtyFourCharactersHoweverManyBytesTheyTake() {
        assertThat(withCreated("\"" + "9".repeat(64) + "\"").id()).hasValue("a");
        assertThat(withCreated("\"" + "時".repeat(64) + "\"").id()).hasValue("a");
        assertThat(withCreated("\"" + "\\u0039".repeat(64) + "\"").id()).hasValue("a");
        assertThat(withCreated("null").id()).hasValue("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "7", "{}", "true"})
    void anythingElseIsRefused(String created) {
        assertThatThrownBy(() -> withCreated(created)).isInstanceOf(RefusedException.class);
    }

    @Test
    void andSoIsALongerOne() {
        assertThatThrownBy(() -> withCreated("\"" + "9".repeat(65) + "\"")).hasMessageContaining("65 characters");
        assertThatThrownBy(() -> withCreated("\"" + "時".repeat(65) + "\"")).hasMessageContaining("65 characters");
    }

    @Test
    void anIdWithHalfASurrogatePairIsRefusedOneWithAWholePairIsNot() {
        assertThat(read("{\"id\":\"\\ud83d\\ude00\",\"experiment_id\":\"e\"}").id())
                .hasValue("\uD83D\uDE00");
        assertThat(read("{\"id\":\"\uD83D\uDE00\",\"experiment_id\":\"e\"}").id())
                .hasValue("\uD83D\uDE00");
        assertThatThrownBy(() -> read("{\"id\":\"\\ude00\",\"experiment_id\":\"e\"}"))
                .isInstanceOf(RefusedException.class);
    }
}
