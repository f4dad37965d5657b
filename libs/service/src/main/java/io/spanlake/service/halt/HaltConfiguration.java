package io.spanlake.service.halt;

import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The points at which a test may have this process die; none without its settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HaltSettings.class)
public class HaltConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(HaltConfiguration.class);

    /** As {@code kill -9} would say. */
    private static final int KILLED = 128 + 9;

    @Bean
    Halts halts(HaltSettings settings) {
        var at =
                Optional.of(settings.haltAt()).filter(asked -> !asked.isEmpty()).map(HaltPoint::parse);
        at.ifPresent(point -> LOG.warn("this process is in a test, and dies at {}", point));
        var passings =
                Optional.of(settings.passings()).filter(file -> !file.isEmpty()).map(Path::of);
        return new Halts(at, passings, () -> Runtime.getRuntime().halt(KILLED));
    }
}
