package io.spanlake.service.config;

import io.spanlake.service.auth.AuthConfiguration;
import io.spanlake.service.errors.ErrorsConfiguration;
import io.spanlake.service.health.HealthConfiguration;
import io.spanlake.service.trace.TraceConfiguration;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What every service shares; a service imports this one, and of the outside world what it needs. */
@Configuration(proxyBeanMethods = false)
@Import({
    CatalogConfiguration.class,
    TraceConfiguration.class,
    ErrorsConfiguration.class,
    AuthConfiguration.class,
    HealthConfiguration.class
})
public class ServiceConfiguration {
    /** The one clock. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** The one source of chance: fit for names that nobody may guess. */
    @Bean
    RandomGenerator chance() {
        return new SecureRandom();
    }
}
