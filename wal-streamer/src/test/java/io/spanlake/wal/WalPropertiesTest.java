package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Changing a default or a name is a choice. */
class WalPropertiesTest {
    @Test
    void theDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new WalProperties(
                        "spanlake-wal-streamer",
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(5),
                        50,
                        DataSize.ofMegabytes(8),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10)));
    }

    @Test
    void theNames() {
        var properties = bind(Map.ofEntries(
                Map.entry("spanlake.wal.group", "g"),
                Map.entry("spanlake.wal.flush-after", "100ms"),
                Map.entry("spanlake.wal.flush-after-max", "2s"),
                Map.entry("spanlake.wal.linger", "1ms"),
                Map.entry("spanlake.wal.small-puts-per-second", "10"),
                Map.entry("spanlake.wal.flush-bytes", "1MB"),
                Map.entry("spanlake.wal.buffer-bytes", "2MB"),
                Map.entry("spanlake.wal.give-up-after", "3s"),
                Map.entry("spanlake.wal.hand-over", "4s"),
                Map.entry("spanlake.wal.idle-every", "5s"),
                Map.entry("spanlake.wal.closed-margin", "6s"),
                Map.entry("spanlake.wal.reclaim-after", "7s"),
                Map.entry("spanlake.wal.repair-poll", "8s"),
                Map.entry("spanlake.wal.session-timeout", "9s")));

        assertThat(properties)
                .isEqualTo(new WalProperties(
                        "g",
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(1),
                        10,
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9)));
    }

    @Test
    void aBufferThatHoldsNoFlushIsRefused() {
        assertRefused("spanlake.wal.buffer-bytes", "1MB", "spanlake.wal.buffer-bytes (1048576B) is below flush-bytes");
    }

    @Test
    void aLongestTimeBelowTheShortestIsRefused() {
        assertRefused("spanlake.wal.flush-after-max", "50ms", "spanlake.wal.flush-after-max (PT0.05S) is below");
    }

    private static void assertRefused(String name, String value, String message) {
        try {
            bind(Map.of(name, value));
        } catch (BindException e) {
            assertThat(e)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
            return;
        }
        throw new AssertionError(name + "=" + value + " was taken");
    }

    private static WalProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("spanlake.wal", WalProperties.class);
    }
}
