package io.spanlake.service.health;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/** Liveness, readiness and dependencies. Services add {@link Dependency} and {@link OwnResource} beans and beat. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {
    @Bean
    Heartbeats heartbeats(InstantSource clock) {
        return new Heartbeats(clock);
    }

    @Bean
    Dependencies dependencies(ObjectProvider<Dependency> dependencies) {
        return new Dependencies(dependencies.orderedStream().toList());
    }

    @Bean
    Readiness readiness(Dependencies dependencies, ObjectProvider<OwnResource> resources) {
        return new Readiness(dependencies, resources.orderedStream().toList());
    }

    @Bean
    RouterFunction<ServerResponse> healthRoutes(Heartbeats heartbeats, Readiness readiness, Dependencies dependencies) {
        return new HealthRoutes(heartbeats, readiness, dependencies).routes();
    }

    @Bean
    WebFilter healthPaths() {
        return new HealthPaths();
    }

    @Bean
    ApplicationListener<ContextClosedEvent> drainAtEnd(Readiness readiness) {
        return closed -> readiness.drain();
    }
}
