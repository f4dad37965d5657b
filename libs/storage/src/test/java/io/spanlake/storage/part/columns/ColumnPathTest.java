package io.spanlake.storage.part.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnPathTest {
    @Test
    void plainNamesStandAsTheyAreAndAllOthersInQuotes() {
        assertThat(ColumnPath.of("metadata", "model")).hasToString("metadata.model");
        assertThat(ColumnPath.of("metadata", "gen_ai.model", "", "a\"b", "0", "å"))
                .hasToString("metadata.\"gen_ai.model\".\"\".\"a\"\"b\".\"0\".\"å\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "\"a", "\"a\"", "\"a.b\"c", "a b", "a.\"b\"", "\"\"\""})
    void whatNoPathWritesIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnPath.parse(text));
    }

    @Property
    void theTextOfAPathIsThatPath(@ForAll @Size(min = 1, max = 4) List<String> keys) {
        var path = new ColumnPath(keys);

        assertThat(ColumnPath.parse(path.toString())).isEqualTo(path);
    }
}
