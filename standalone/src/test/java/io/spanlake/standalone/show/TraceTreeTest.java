package io.spanlake.standalone.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TraceTreeTest {
    @Test
    void aTraceIsATreeWithWhatAPersonLooksFor() {
        var rows = JsonMapper.shared().readTree("""
                [{"span_id":"1","span_attributes":{"name":"answer","type":"task"},"metrics":{"start":1.0,"end":3.5},
                  "input":{"messages":[{"role":"system","content":"x"},{"role":"user","content":"How\\nare you?"}]},"output":"Fine."},
                 {"span_id":"2","span_parents":["1"],"span_attributes":{"name":"gpt","type":"llm"},
                  "metrics":{"start":1.1,"end":1.35,"tokens":1234},"output":[{"role":"assistant","content":"Fine."}]},
                 {"span_id":"3","span_parents":["1"],"span_attributes":{"name":"judge","type":"score"},"scores":{"tone":0.9},"error":"late"}]
                """);

        assertThat(TraceTree.of(rows)).isEqualTo("""
                  answer [task]  2.5 s
                    │    in   user: How are you?
                    │    out  Fine.
                  ├─ gpt [llm]  250 ms  1,234 tokens
                  │       out  assistant: Fine.
                  └─ judge [score]  tone 0.9
                          err  late
                """.replaceAll("(?m)^    │ {4}", "  │    "));
    }

    @Test
    void aSpanThatIsItsOwnParentStandsAtTheTopOnce() {
        var rows = JsonMapper.shared()
                .readTree(
                        "[{\"span_id\":\"1\",\"span_parents\":[\"1\"]},{\"span_id\":\"2\",\"span_parents\":[\"gone\"]}]");

        assertThat(TraceTree.of(rows).lines()).hasSize(2);
    }
}
