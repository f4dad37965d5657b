package io.spanlake.standalone.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VerifyTextTest {
    private final VerifyText text = new VerifyText();

    private String of(String json) {
        return String.join("|", text.of(JsonMapper.shared().readTree(json)));
    }

    @Test
    void aSoundObjectIsOneLine() {
        assertThat(of("{\"begun\":true}")).isEmpty();
        assertThat(of("""
                        {"object":"dataset:x","wal_sections":1,"wal_writes":2,"processed_sections":3,"processed_rows":4,
                        "parts":5,"part_rows":6,"dead_rows":7,"bytes":8500000,"fault_count":0,"faults":[]}"""))
                .isEqualTo("sound     dataset:x: 5 parts with 6 rows (7 dead), 3 processed sections with 4 row states, "
                        + "1 sections of the log with 2 writes, 8.5 MB");
        assertThat(text.done()).isFalse();
        assertThat(of("{\"done\":true}")).isEmpty();

        assertThat(text.done()).isTrue();
        assertThat(text.faults()).isZero();
        assertThat(text.summary()).isEqualTo("All is sound: 1 objects, 6 rows in parts, 8.5 MB read, 0 faults");
    }

    @Test
    void faultsStandBelowTheirObjectAndAreCountedAll() {
        var printed = of("""
                {"object":"dataset:x","fault_count":3,"faults":[{"blob":"b","what":"w"}]}""");

        assertThat(printed).startsWith("UNSOUND   dataset:x").endsWith("|  FAULT   b: w");
        assertThat(of("{\"blob\":\"c\",\"what\":\"is live, and not there\"}"))
                .isEqualTo("  FAULT   c: is live, and not there");
        assertThat(text.faults()).isEqualTo(4);
        assertThat(text.summary()).startsWith("NOT sound").endsWith("4 faults");
    }
}
