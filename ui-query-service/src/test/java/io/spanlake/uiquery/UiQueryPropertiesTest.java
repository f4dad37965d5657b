package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.service.config.BlobCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class UiQueryPropertiesTest {
    @Test
    void theDefaultsAreAChoice() {
        assertThat(bound(Map.of()))
                .isEqualTo(new UiQueryProperties(
                        DataSize.ofMegabytes(192),
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(128),
                        DataSize.ofMegabytes(32),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        new BlobCache(null, DataSize.ofGigabytes(4)),
                        new UiQueryProperties.Questions(
                                16, 50_000, Duration.ofSeconds(2), DataSize.ofMegabytes(4), DataSize.ofMegabytes(16)),
                        new UiQueryProperties.Live(100, Duration.ofMinutes(15))));
    }

    @Test
    void theNamesAreAContract() {
        var bound = bound(Map.ofEntries(
                Map.entry("spanlake.ui.view-bytes", "1MB"),
                Map.entry("spanlake.ui.block-bytes", "2MB"),
                Map.entry("spanlake.ui.answer-bytes", "3MB"),
                Map.entry("spanlake.ui.page-bytes", "4MB"),
                Map.entry("spanlake.ui.strict-wait", "5s"),
                Map.entry("spanlake.ui.strict-poll", "6s"),
                Map.entry("spanlake.ui.warm-for", "7s"),
                Map.entry("spanlake.ui.cache.folder", "/cache"),
                Map.entry("spanlake.ui.cache.bytes", "8MB"),
                Map.entry("spanlake.ui.questions.running", "9"),
                Map.entry("spanlake.ui.questions.rows", "10"),
                Map.entry("spanlake.ui.questions.time", "11s"),
                Map.entry("spanlake.ui.questions.bytes", "12MB"),
                Map.entry("spanlake.ui.questions.memory", "15MB"),
                Map.entry("spanlake.ui.live.streams", "13"),
                Map.entry("spanlake.ui.live.lasting", "14s")));

        assertThat(bound)
                .isEqualTo(new UiQueryProperties(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(3),
                        DataSize.ofMegabytes(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        new BlobCache(Path.of("/cache"), DataSize.ofMegabytes(8)),
                        new UiQueryProperties.Questions(
                                9, 10, Duration.ofSeconds(11), DataSize.ofMegabytes(12), DataSize.ofMegabytes(15)),
                        new UiQueryProperties.Live(13, Duration.ofSeconds(14))));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> bound(Map.of("spanlake.ui.view-bytes", "0MB")))
                .rootCause()
                .hasMessageContaining("spanlake.ui.view-bytes");
        assertThatThrownBy(() -> bound(Map.of("spanlake.ui.questions.running", "0")))
                .rootCause()
                .hasMessageContaining("spanlake.ui.questions.running (0)");
        assertThatThrownBy(() -> bound(Map.of("spanlake.ui.live.streams", "0")))
                .rootCause()
                .hasMessageContaining("spanlake.ui.live.streams (0)");
    }

    private static UiQueryProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("spanlake.ui", UiQueryProperties.class);
    }
}
