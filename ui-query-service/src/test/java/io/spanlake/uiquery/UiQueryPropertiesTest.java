package io.spanlake.uiquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                        new UiQueryProperties.Cache(null, DataSize.ofGigabytes(4))));
    }

    @Test
    void theNamesAreAContract() {
        var bound = bound(Map.of(
                "spanlake.ui.view-bytes", "1MB",
                "spanlake.ui.block-bytes", "2MB",
                "spanlake.ui.answer-bytes", "3MB",
                "spanlake.ui.page-bytes", "4MB",
                "spanlake.ui.strict-wait", "5s",
                "spanlake.ui.strict-poll", "6s",
                "spanlake.ui.warm-for", "7s",
                "spanlake.ui.cache.folder", "/cache",
                "spanlake.ui.cache.bytes", "8MB"));

        assertThat(bound)
                .isEqualTo(new UiQueryProperties(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(3),
                        DataSize.ofMegabytes(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        new UiQueryProperties.Cache(Path.of("/cache"), DataSize.ofMegabytes(8))));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> bound(Map.of("spanlake.ui.view-bytes", "0MB")))
                .rootCause()
                .hasMessageContaining("spanlake.ui.view-bytes");
    }

    private static UiQueryProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("spanlake.ui", UiQueryProperties.class);
    }
}
