package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CompactorPropertiesTest {
    @Test
    void theDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new CompactorProperties(
                        1,
                        1,
                        Duration.ofSeconds(5),
                        DataSize.ofMegabytes(16),
                        DataSize.ofMegabytes(64),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        DataSize.ofMegabytes(256),
                        250_000,
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(64),
                        DataSize.ofGigabytes(1),
                        2_000_000,
                        DataSize.ofMegabytes(256),
                        8,
                        0.2,
                        Duration.ofMinutes(30),
                        "",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15),
                        Duration.ofDays(1),
                        Duration.ofHours(6),
                        Duration.ZERO,
                        Duration.ofDays(3)));
    }

    @Test
    void theNames() {
        var properties = bind(Map.ofEntries(
                Map.entry("spanlake.compactor.jobs", "2"),
                Map.entry("spanlake.compactor.rewrites", "4"),
                Map.entry("spanlake.compactor.poll-every", "1s"),
                Map.entry("spanlake.compactor.segment-tail", "1MB"),
                Map.entry("spanlake.compactor.object-tail", "2MB"),
                Map.entry("spanlake.compactor.tail-age", "2s"),
                Map.entry("spanlake.compactor.carried-age", "3s"),
                Map.entry("spanlake.compactor.lease", "4s"),
                Map.entry("spanlake.compactor.job-tail", "3MB"),
                Map.entry("spanlake.compactor.job-rows", "10"),
                Map.entry("spanlake.compactor.frame-bytes", "4MB"),
                Map.entry("spanlake.compactor.index-bytes", "9MB"),
                Map.entry("spanlake.compactor.part", "5MB"),
                Map.entry("spanlake.compactor.part-rows", "20"),
                Map.entry("spanlake.compactor.trace-part", "6MB"),
                Map.entry("spanlake.compactor.merge-parts", "3"),
                Map.entry("spanlake.compactor.dead-share", "0.5"),
                Map.entry("spanlake.compactor.erase-after", "5s"),
                Map.entry("spanlake.compactor.scratch", "/scratch"),
                Map.entry("spanlake.compactor.sweep-every", "7s"),
                Map.entry("spanlake.compactor.sweep-grace", "8s"),
                Map.entry("spanlake.compactor.orphan-age", "9s"),
                Map.entry("spanlake.compactor.orphans-every", "10s"),
                Map.entry("spanlake.compactor.soft-delete", "11s"),
                Map.entry("spanlake.compactor.kafka-retention", "12s")));

        assertThat(properties)
                .isEqualTo(new CompactorProperties(
                        2,
                        4,
                        Duration.ofSeconds(1),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        DataSize.ofMegabytes(3),
                        10,
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(9),
                        DataSize.ofMegabytes(5),
                        20,
                        DataSize.ofMegabytes(6),
                        3,
                        0.5,
                        Duration.ofSeconds(5),
                        "/scratch",
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(12)));
    }

    @Test
    void anOrphanYoungerThanAJobMayTakeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("spanlake.compactor.orphan-age", "9m")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage(
                        "spanlake.compactor.orphan-age (PT9M) is below lease (PT10M): blobs of a job under way would be orphans");
    }

    private static CompactorProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("spanlake.compactor", CompactorProperties.class);
    }
}
