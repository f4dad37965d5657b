package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.acceptance.RawJson.Fields;
import java.math.BigDecimal;
import java.util.List;

/**
 * A span in the neutral form of the traces, and what its row has to be.
 *
 * @param json the span as its line says
 */
record NeutralSpan(Fields json) {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal TOLERANCE_SECONDS = new BigDecimal("0.000001");

    static List<NeutralSpan> ofLines(String lines) {
        return Samples.linesOf(lines).stream()
                .map(line -> new NeutralSpan(RawJson.parseObject(line)))
                .toList();
    }

    /** What no two spans share. */
    String key() {
        return json.text("trace_id") + "/" + json.text("span_id");
    }

    static String keyOf(Fields row) {
        return row.text("root_span_id") + "/" + row.text("span_id");
    }

    /** Every field that a person sent, byte for byte. */
    void assertIs(Fields row) {
        Rows.assertSame(key(), json, row, List.of("input", "output", "expected", "error", "scores", "tags"));
        assertPlaceAndTimes(row);
        assertContains("metadata", row);
        assertContains("metrics", row);
    }

    void assertPlaceAndTimes(Fields row) {
        var attributes = row.get("span_attributes").asObject();
        assertThat(attributes.get("name")).as("name of %s", key()).isEqualTo(json.get("name"));
        assertThat(attributes.text("type")).as("type of %s", key()).isEqualTo(json.text("type"));
        assertThat(parentOf(row)).as("parent of %s", key()).isEqualTo(json.get("parent_span_id"));
        assertTime("start", row);
        assertTime("end", row);
    }

    /** Each field of an object that was sent; the row may say more. */
    void assertContains(String name, Fields row) {
        if (json.get(name) instanceof Fields sent && !sent.fields().isEmpty()) {
            assertThat(row.get(name)).as("%s of %s", name, key()).isInstanceOf(Fields.class);
            assertThat(row.get(name).asObject().fields())
                    .as("%s of %s", name, key())
                    .containsAllEntriesOf(sent.fields());
        }
    }

    private static RawJson parentOf(Fields row) {
        return row.get("span_parents") instanceof RawJson.Array(var parents) && !parents.isEmpty()
                ? parents.getFirst()
                : RawJson.Scalar.NULL;
    }

    private void assertTime(String name, Fields row) {
        var sent = json.get(name);
        var metrics = row.get("metrics") instanceof Fields fields ? fields : new Fields(java.util.Map.of());
        if (sent.equals(RawJson.Scalar.NULL)) {
            assertThat(metrics.get(name)).as("%s of %s", name, key()).isIn(RawJson.Scalar.ABSENT, RawJson.Scalar.NULL);
            return;
        }
        var seconds = new BigDecimal(sent.text()).divide(NANOS);
        var read = new BigDecimal(metrics.text(name));
        assertThat(read.subtract(seconds).abs())
                .as("%s of %s: sent %s, read %s", name, key(), seconds, read)
                .isLessThanOrEqualTo(TOLERANCE_SECONDS);
    }
}
