package io.spanlake.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.benchmarks.replay.WholeRows;
import io.spanlake.model.ByteSlice;
import org.junit.jupiter.api.Test;

class SpanCopiesTest {
    private static final ByteSlice LINE = ByteSlice.ofUtf8("""
            {"trace_id":"6f5ac13f5bba9c979877382840345553","span_id":"9f4b94d951216948","parent_span_id":null,"name":"n","type":"llm",\
            "start":"1692529178868912883","end":"1692531085896964000","input":"start","metrics":{"tokens":7}}""");

    @Test
    void aCopyHasOtherIdsAndIsAWeekOlder() {
        var copy = SpanCopies.of(LINE, 1).toUtf8();

        assertThat(copy)
                .hasSize(LINE.length())
                .startsWith("{\"trace_id\":\"6f5ac13f5bba9c979877382840345553".substring(0, 40))
                .doesNotContain("6f5ac13f5bba9c979877382840345553", "9f4b94d951216948")
                .contains(
                        "\"parent_span_id\":null",
                        "\"start\":\"1691924378868912883\"",
                        "\"end\":\"1691926285896964000\"")
                .endsWith("\"input\":\"start\",\"metrics\":{\"tokens\":7}}");
    }

    @Test
    void aSpanIsOneRowWithItsStartAndItsEnd() {
        var row = new WholeRows("p").of(LINE).toUtf8();

        assertThat(row)
                .startsWith("{\"id\":\"9f4b94d951216948\",\"span_id\":\"9f4b94d951216948\","
                        + "\"root_span_id\":\"6f5ac13f5bba9c979877382840345553\"")
                .contains(
                        "\"metrics\":{\"start\":1692529178.868,\"end\":1692531085.896,\"tokens\":7}",
                        "\"input\":\"start\"");
    }
}
