package io.spanlake.standalone.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ResultTableTest {
    @Test
    void numbersStandToTheRight() {
        var answer = JsonMapper.shared().readTree("""
                {"data":[{"name":"chat","n":12},{"name":null,"n":7}],"cursor":"abc",
                 "schema":{"items":{"properties":{"name":{},"n":{"type":"integer"}}}}}""");

        assertThat(ResultTable.of(answer)).isEqualTo("""
                name  n
                ────  ──
                chat  12
                       7
                2 rows; more follow: --cursor abc
                """);
    }

    @Test
    void withoutColumnsThereAreNoRows() {
        assertThat(ResultTable.of(JsonMapper.shared().readTree("{\"data\":[]}")))
                .isEqualTo("no rows\n");
    }
}
