package io.spanlake.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.service.config.ServiceConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** In a cluster probes and metrics have a port of their own, which nobody outside reaches. */
class ManagementPortTest {
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(OwnPort.class)
                .properties("server.port=0", "management.server.port=0")
                .run();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/actuator/prometheus"})
    void probesAndMetricsAreServedThere(String path) throws Exception {
        assertThat(status("local.management.port", path)).isEqualTo(200);
    }

    @Test
    void metricsAreNotServedOnThePortOfTheClients() throws Exception {
        assertThat(status("local.server.port", "/actuator/prometheus")).isEqualTo(404);
    }

    @Test
    void whatClientsAskIsNotServedThereWithoutAKey() throws Exception {
        assertThat(status("local.management.port", "/data")).isIn(401, 404);
    }

    private static int status(String port, String path) throws Exception {
        var server = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty(port);
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server + path)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ServiceConfiguration.class)
    static class OwnPort {
        @Bean
        RouterFunction<ServerResponse> data() {
            return RouterFunctions.route()
                    .GET("/data", request -> ServerResponse.ok().bodyValue("data"))
                    .build();
        }
    }
}
