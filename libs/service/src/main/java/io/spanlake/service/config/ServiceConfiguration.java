package io.spanlake.service.config;

import io.spanlake.service.auth.AuthConfiguration;
import io.spanlake.service.errors.ErrorsConfiguration;
import io.spanlake.service.halt.HaltConfiguration;
import io.spanlake.service.health.HealthConfiguration;
import io.spanlake.service.http.SlowReadersConfiguration;
import io.spanlake.service.trace.TraceConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What every service shares; a service imports this one, and of the outside world what it needs. */
@Configuration(proxyBeanMethods = false)
@Import({
    TimeAndChanceConfiguration.class,
    CatalogConfiguration.class,
    TraceConfiguration.class,
    ErrorsConfiguration.class,
    SlowReadersConfiguration.class,
    AuthConfiguration.class,
    HealthConfiguration.class,
    HttpConfiguration.class,
    HaltConfiguration.class
})
public class ServiceConfiguration {}
