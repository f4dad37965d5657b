package io.spanlake.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {
    private static final String PROJECT = "8a0cbb9e-64d5-4a62-8f0a-4f0f4f7f6a01";
    private static final List<ByteSlice> LINES =
            TraceSource.open("no such folder", 2_000_000).lines();
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Request> requests = Replay.asSdk(PROJECT).requests(LINES, new Random(1));

    @Test
    void everySpanIsSentOnceAsItBeginsAndOnceAsItEnds() {
        var beginnings = new HashSet<String>();
        var endings = new HashSet<String>();

        for (var row : rows(1)) {
            var seen = row.get("_is_merge").asBoolean() ? endings : beginnings;
            assertThat(seen.add(row.get("id").asString())).isTrue();
        }

        assertThat(beginnings).hasSize(LINES.size());
        assertThat(beginnings).containsAll(endings);
        assertThat(endings.size()).isGreaterThan(LINES.size() * 9 / 10);
    }

    @Test
    void aSpanBeginsBeforeItEndsAndKeepsItsValues() {
        var rows = rows(1);
        var line = JSON.readTree(LINES.getFirst().toUtf8());
        var spanId = line.get("span_id").asString();
        var both = rows.stream()
                .filter(row -> row.get("span_id").asString().equals(spanId)
                        && row.get("root_span_id")
                                .asString()
                                .endsWith(line.get("trace_id").asString().substring(8)))
                .toList();

        assertThat(both).hasSize(2);
        assertThat(both.getFirst().get("_is_merge").asBoolean()).isFalse();
        assertThat(both.getFirst().get("input")).isEqualTo(line.get("input"));
        assertThat(both.getLast().get("output")).isEqualTo(line.get("output"));
        assertThat(both.getLast().get("metrics").has("end")).isTrue();
    }

    @Test
    void tracesAreInterleaved() {
        var perRequest = requests.stream()
                .limit(requests.size() / 2)
                .mapToLong(request -> request.rows().size())
                .max()
                .orElseThrow();
        var traces = new HashSet<String>();
        requests.getFirst().claim(0, 0);
        for (int i = 0; i < requests.getFirst().rows().size(); i++) {
            traces.add(requests.getFirst().traceId(i));
        }

        assertThat(perRequest).isEqualTo(Replay.SDK_ROWS);
        assertThat(traces.size()).isGreaterThan(20);
    }

    @Test
    void aRepetitionHasOtherIdsAndTheSameShape() {
        var first = rows(1);
        var second = rows(2);

        var ids = new HashMap<String, Integer>();
        first.forEach(row -> ids.merge(row.get("id").asString(), 1, Integer::sum));
        second.forEach(row -> assertThat(ids).doesNotContainKey(row.get("id").asString()));
        assertThat(second).hasSameSizeAs(first);
    }

    @Test
    void aRequestUnderWayIsNotSentAgain() {
        var request = requests.getFirst();

        assertThat(request.claim(1, 1)).isTrue();
        assertThat(request.claim(1, 2)).isFalse();
        request.release();
        assertThat(request.claim(1, 2)).isTrue();
    }

    @Test
    void theIdsItNamesAreThoseInTheBody() {
        var request = requests.getFirst();
        request.claim(0xABCD, 0x12);

        var row = JSON.readTree(request.body()).get("rows").get(3);

        assertThat(request.rowId(3)).isEqualTo(row.get("id").asString()).startsWith("abcd0012");
        assertThat(request.traceId(3))
                .isEqualTo(row.get("root_span_id").asString())
                .startsWith("abcd0012");
        assertThat(request.rowBytes()).isLessThan(request.body().length);
    }

    private List<JsonNode> rows(int pass) {
        var rows = new ArrayList<JsonNode>();
        for (var request : requests) {
            assertThat(request.claim(7, pass)).isTrue();
            JSON.readTree(request.body()).get("rows").forEach(rows::add);
            request.release();
        }
        return rows;
    }
}
