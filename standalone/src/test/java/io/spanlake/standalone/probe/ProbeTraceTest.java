package io.spanlake.standalone.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.standalone.probe.ProbeTrace.Finding;
import io.spanlake.standalone.probe.ProbeTrace.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProbeTraceTest {
    private final ProbeTrace trace = new ProbeTrace("r", 7);
    private final List<Row> asSent = new ArrayList<>(rows());

    @Test
    void whatCameBackAsItWasSentIsNoFinding() {
        assertThat(trace.compare(asSent)).isEmpty();
    }

    @Test
    void aRowThatIsMissingIsLost() {
        asSent.remove(3);

        assertThat(trace.compare(asSent)).containsExactly(new Finding("lost", "probe-r-7-3"));
    }

    @Test
    void aRowThatComesTwiceIsDoubled() {
        asSent.add(asSent.get(3));

        assertThat(trace.compare(asSent)).containsExactly(new Finding("doubled", "probe-r-7-3"));
    }

    @Test
    void aRowWithoutItsMergeIsWrong() {
        asSent.set(3, new Row("probe-r-7-3", "sent 7 3", ""));

        assertThat(trace.compare(asSent)).containsExactly(new Finding("wrong", "probe-r-7-3"));
    }

    @Test
    void aRowOfAnotherTraceIsWrong() {
        asSent.add(new Row("probe-r-8-3", "sent 8 3", ""));

        assertThat(trace.compare(asSent)).containsExactly(new Finding("wrong", "probe-r-8-3"));
    }

    @Test
    void whatWasDeletedAndIsThereIsWrong() {
        assertThat(ProbeTrace.compareDeleted(List.of())).isEmpty();
        assertThat(ProbeTrace.compareDeleted(asSent)).hasSize(ProbeTrace.ROWS);
    }

    private List<Row> rows() {
        var outputs = trace.merges("p").stream()
                .collect(Collectors.toMap(row -> text(row, "id"), row -> text(row, "output")));
        return trace.inserts("p").stream()
                .map(row -> new Row(text(row, "id"), text(row, "input"), outputs.getOrDefault(text(row, "id"), "")))
                .toList();
    }

    private static String text(Map<String, Object> row, String field) {
        return String.valueOf(row.get(field));
    }
}
