package io.spanlake.service.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceDefaultsTest {
    @Test
    void metricsAreServedAndNothingElseOfTheActuatorButHealth() {
        assertThat(with(Map.of()).getProperty("management.endpoints.web.exposure.include"))
                .isEqualTo("health,prometheus");
    }

    @Test
    void whateverSomebodySetsIsAboveADefault() {
        var environment = with(Map.of("server.shutdown", "immediate"));

        assertThat(environment.getProperty("server.shutdown")).isEqualTo("immediate");
    }

    @Test
    void linesAreTextWithTheTraceIdUnlessJsonIsAskedFor() {
        assertThat(with(Map.of()).getProperty("logging.structured.format.console"))
                .isNull();
        assertThat(with(Map.of()).getProperty("logging.pattern.correlation")).contains("%X{traceId");
        assertThat(with(Map.of("spanlake.logging.format", "json")).getProperty("logging.structured.format.console"))
                .isEqualTo("logstash");
    }

    @Test
    void aFormatThatIsNoneIsRefusedAndNamed() {
        assertThatThrownBy(() -> with(Map.of("spanlake.logging.format", "xml")))
                .hasMessage("spanlake.logging.format is text or json, not xml");
    }

    private static StandardEnvironment with(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        new ServiceDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
