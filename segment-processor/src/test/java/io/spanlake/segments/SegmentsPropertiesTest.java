package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Changing a default or a name is a choice. */
class SegmentsPropertiesTest {
    @Test
    void theDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new SegmentsProperties(
                        "spanlake-segment-processor",
                        Duration.ofSeconds(10),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        DataSize.ofMegabytes(256),
                        200_000,
                        Duration.ofMinutes(10),
                        DataSize.ofMegabytes(64),
                        10_000,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10)));
    }

    @Test
    void theNames() {
        var properties = bind(Map.ofEntries(
                Map.entry("spanlake.segments.application", "a"),
                Map.entry("spanlake.segments.cut-after", "1s"),
                Map.entry("spanlake.segments.cut-bytes", "1MB"),
                Map.entry("spanlake.segments.look-every", "2s"),
                Map.entry("spanlake.segments.idle-every", "3s"),
                Map.entry("spanlake.segments.segment-bytes", "3MB"),
                Map.entry("spanlake.segments.segment-rows", "4"),
                Map.entry("spanlake.segments.segment-age", "5m"),
                Map.entry("spanlake.segments.trace-bytes", "2MB"),
                Map.entry("spanlake.segments.known-traces", "6"),
                Map.entry("spanlake.segments.give-up-after", "7s"),
                Map.entry("spanlake.segments.retry-after", "8s"),
                Map.entry("spanlake.segments.reclaim-after", "9s"),
                Map.entry("spanlake.segments.session-timeout", "11s")));

        assertThat(properties)
                .isEqualTo(new SegmentsProperties(
                        "a",
                        Duration.ofSeconds(1),
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        DataSize.ofMegabytes(3),
                        4,
                        Duration.ofMinutes(5),
                        DataSize.ofMegabytes(2),
                        6,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(11)));
    }

    @Test
    void aCutOfNothingIsRefused() {
        assertRefused("spanlake.segments.cut-bytes", "0B", "spanlake.segments.cut-bytes is 0B, it must be above 0");
    }

    @Test
    void aLookWithoutRestIsRefused() {
        assertRefused("spanlake.segments.look-every", "0s", "spanlake.segments.look-every is PT0S, it must be above 0");
    }

    @Test
    void aSegmentThatIsSmallerThanATraceInItIsRefused() {
        assertRefused("spanlake.segments.segment-bytes", "1MB", "spanlake.segments.segment-bytes (1048576B) is below");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static SegmentsProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("spanlake.segments", SegmentsProperties.class);
    }
}
