package io.spanlake.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TraceGeneratorTest {
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static List<AgentTrace> traces(long seed, int count) {
        return new TraceGenerator(seed, START).traces().limit(count).toList();
    }

    private static List<AgentSpan> spans(long seed, int traces) {
        return traces(seed, traces).stream()
                .flatMap(trace -> trace.spans().stream())
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(traces(7, 200)).isEqualTo(traces(7, 200));
        assertThat(traces(7, 5)).isNotEqualTo(traces(8, 5));
    }

    @Test
    void everySpanIsOneLineOfValidJson() {
        for (var span : spans(1, 500)) {
            var line = span.toJsonLine();

            assertThat(line).doesNotContain("\n");
            assertThat(JsonCheck.check(ByteSlice.ofUtf8(line), JsonLimits.DEFAULT))
                    .isEmpty();
        }
    }

    @Test
    void idsAreUniqueAndParentsStandInTheSameTraceBeforeTheirChildren() {
        var ids = new HashSet<String>();
        for (var trace : traces(2, 500)) {
            var seen = new HashSet<String>();
            for (var span : trace.spans()) {
                assertThat(ids.add(span.spanId())).isTrue();
                assertThat(span.parentSpanId()).matches(parent -> parent.isEmpty() || seen.contains(parent.get()));
                seen.add(span.spanId());
            }
        }
    }

    @Test
    void kindsAndSizesAreThoseOfRecordedTraces() {
        var spans = spans(3, 2_000);

        var byType = spans.stream().collect(Collectors.groupingBy(AgentSpan::type, Collectors.counting()));
        var bytes = spans.stream()
                .mapToInt(span -> span.toJsonLine().getBytes(StandardCharsets.UTF_8).length)
                .sorted()
                .toArray();
        double spansPerTrace = spans.size() / 2_000.0;

        assertThat(spansPerTrace).isBetween(4.0, 12.0);
        assertThat(share(byType, "llm", spans)).isBetween(0.3, 0.55);
        assertThat(share(byType, "tool", spans)).isBetween(0.1, 0.3);
        assertThat(share(byType, "score", spans)).isBetween(0.05, 0.25);
        assertThat(bytes[bytes.length / 2]).isBetween(700, 4_000);
        assertThat(bytes[bytes.length * 95 / 100]).isBetween(5_000, 25_000);
        assertThat(bytes[bytes.length - 1]).isGreaterThan(100_000);
    }

    private static double share(Map<String, Long> byType, String type, List<AgentSpan> spans) {
        return byType.getOrDefault(type, 0L) / (double) spans.size();
    }
}
