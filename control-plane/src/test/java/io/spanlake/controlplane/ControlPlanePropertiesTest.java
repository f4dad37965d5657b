package io.spanlake.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ControlPlanePropertiesTest {
    @Test
    void thereIsNoPublicUrlUntilItIsSet() {
        var defaults = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("spanlake.control", ControlPlaneProperties.class);

        assertThat(defaults).isEqualTo(new ControlPlaneProperties(Optional.empty(), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"spanlake.example.org", "ftp://host", "https:///path", "https://host?x=1", "https://host#x"})
    void whatClientsCannotReachIsRefusedByName(String url) {
        assertThatThrownBy(() -> new ControlPlaneProperties(Optional.of(URI.create(url)), Duration.ofSeconds(10)))
                .hasMessageContaining("spanlake.control.public-url")
                .hasMessageContaining(url);
    }
}
