package io.spanlake.storage.part.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextFieldsTest {
    private static final int NAMES_MAX = 1_000;

    @Test
    void afterAThousandNamesTextsOfAnyFieldMayStandWithTheOthers() {
        var fields = new TextFields();
        int input = fields.number("input");
        assertThat(fields.asked("input")).containsExactly(input);
        for (int name = 1; name < NAMES_MAX; name++) {
            assertThat(fields.number("field" + name)).isNotEqualTo(TextFields.OTHER);
        }

        assertThat(fields.number("one more")).isEqualTo(TextFields.OTHER);
        assertThat(fields.asked("one more")).containsExactly(TextFields.OTHER);
        assertThat(fields.asked("input")).containsExactly(input, TextFields.OTHER);
        assertThat(TextFields.of(fields.facts()).asked("input")).containsExactly(input, TextFields.OTHER);
    }
}
