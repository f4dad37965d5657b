package io.spanlake.queryservice;

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

class QueryPropertiesTest {
    @Test
    void theDefaultsAreAChoice() {
        assertThat(bound(Map.of()))
                .isEqualTo(new QueryProperties(
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(32),
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(64),
                        8,
                        32,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        1_000,
                        DataSize.ofMegabytes(16),
                        DataSize.ofMegabytes(4),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        DataSize.ofGigabytes(4),
                        Duration.ofMinutes(10),
                        DataSize.ofMegabytes(256),
                        32,
                        Duration.ofHours(1),
                        new BlobCache(null, DataSize.ofGigabytes(4)),
                        null,
                        null));
    }

    @Test
    void theNamesAreAContract() {
        var bound = bound(Map.of(
                "spanlake.query.waiting", "1",
                "spanlake.query.patience", "2s",
                "spanlake.query.spill-bytes", "3MB",
                "spanlake.query.async-time", "4s",
                "spanlake.query.async-bytes", "5MB",
                "spanlake.query.async-kept", "6",
                "spanlake.query.async-keep", "7s",
                "spanlake.query.cache.folder", "/blocks",
                "spanlake.query.folder", "/queries"));

        assertThat(bound.queueLimits().waiting()).isOne();
        assertThat(bound.patience()).hasSeconds(2);
        assertThat(bound.spillBytes()).isEqualTo(DataSize.ofMegabytes(3));
        assertThat(bound.asyncTime()).hasSeconds(4);
        assertThat(bound.asyncBytes()).isEqualTo(DataSize.ofMegabytes(5));
        assertThat(bound.asyncKept()).isEqualTo(6);
        assertThat(bound.asyncKeep()).hasSeconds(7);
        assertThat(bound.cache()).isEqualTo(new BlobCache(Path.of("/blocks"), DataSize.ofGigabytes(4)));
        assertThat(bound.folder()).hasToString("/queries");
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatThrownBy(() -> bound(Map.of("spanlake.query.patience", "0s")))
                .rootCause()
                .hasMessageContaining("spanlake.query.patience");
    }

    private static QueryProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("spanlake.query", QueryProperties.class);
    }
}
