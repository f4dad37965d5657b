package io.spanlake.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import org.junit.jupiter.api.Test;

class NeutralSpanTest {
    private static final String TRACE =
            "\"trace_id\":\"6f5ac13f5bba9c979877382840345553\",\"span_id\":\"9f4b94d951216948\"";

    private static String rowOf(String line) {
        return NeutralSpan.of(ByteSlice.ofUtf8(line)).toRow("p-1").toUtf8();
    }

    @Test
    void everyValueIsItsBytes() {
        var row = rowOf("{" + TRACE + ",\"parent_span_id\":\"00000000000000aa\",\"name\":\"a\\u0062\",\"type\":\"llm\","
                + "\"start\":\"1692529178868912883\",\"end\":\"1692531085896964000\",\"input\": {\"n\":1.50e3,\"n\":-0.0} ,"
                + "\"output\":\"\\ud800\",\"error\":null,\"metadata\":{\"\":9007199254740993},"
                + "\"metrics\":{\"tokens\":7},\"scores\":{\"s\":0.10},\"tags\":[\"x\"]}");

        assertThat(row)
                .isEqualTo("{\"id\":\"9f4b94d951216948\",\"span_id\":\"9f4b94d951216948\","
                        + "\"root_span_id\":\"6f5ac13f5bba9c979877382840345553\",\"span_parents\":[\"00000000000000aa\"],"
                        + "\"project_id\":\"p-1\",\"log_id\":\"g\",\"created\":\"2023-08-20T10:59:38.868Z\","
                        + "\"span_attributes\":{\"name\":\"a\\u0062\",\"type\":\"llm\"},"
                        + "\"input\":{\"n\":1.50e3,\"n\":-0.0},\"output\":\"\\ud800\",\"error\":null,"
                        + "\"metadata\":{\"\":9007199254740993},\"scores\":{\"s\":0.10},\"tags\":[\"x\"],"
                        + "\"metrics\":{\"tokens\":7,\"start\":1692529178.868912883,\"end\":1692531085.896964000}}");
    }

    @Test
    void aRootHasNoParentsAndAnUnfinishedSpanNoEnd() {
        var row = rowOf("{" + TRACE
                + ",\"parent_span_id\":null,\"name\":\"a\",\"type\":\"task\",\"start\":\"5\",\"end\":null}");

        assertThat(row).doesNotContain("span_parents").doesNotContain("\"end\"").contains("\"start\":0.000000005}");
        assertThat(row).contains("\"created\":\"1970-01-01T00:00:00.000Z\"");
    }

    @Test
    void aLineThatIsNoSpanIsToldByItsField() {
        assertThatThrownBy(() -> rowOf("{" + TRACE + ",\"name\":\"a\",\"type\":\"task\"}"))
                .hasMessageContaining("lacks its field start");
        assertThatThrownBy(() -> rowOf("{" + TRACE + ",\"name\":\"a\",\"type\":\"task\",\"start\":\"soon\"}"))
                .hasMessageContaining("start")
                .hasMessageContaining("not a number of nanoseconds");
    }
}
