package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Changing a default is a choice, and made here too. */
class GatewayPropertiesTest {
    private static GatewayProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spanlake.gateway", GatewayProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new GatewayProperties(
                        DataSize.ofMegabytes(64),
                        DataSize.ofMegabytes(16),
                        250_000,
                        500,
                        500_000,
                        400,
                        DataSize.ofMegabytes(40),
                        DataSize.ofMegabytes(256),
                        0.35,
                        0.125,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        1_000,
                        DataSize.ofKilobytes(64),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(80),
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(5),
                        List.of(),
                        "",
                        Duration.ofMinutes(15),
                        ""));
    }

    @Test
    void aHeapThatCannotTakeOneBodySaysSoAtStart() {
        assertThatThrownBy(() -> bound(Map.of()).memory(128L << 20))
                .hasMessageContaining("spanlake.gateway.body-max")
                .hasMessageContaining("-Xmx");
        assertThat(bound(Map.of()).memory(512L << 20).claimMax()).isGreaterThan(96L << 20);
    }

    @Test
    void aRowThatKafkaDoesNotTakeIsRefusedAtStart() {
        assertThatThrownBy(() -> bound(Map.of("spanlake.gateway.row-max", "17MB")))
                .rootCause()
                .hasMessageContaining("row-max (17825792B)");
    }
}
