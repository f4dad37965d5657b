package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.auth.ApiKeySha256;
import io.spanlake.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control plane on a real port over a real catalog, with one organization and its key. */
final class RunningControlPlane implements AutoCloseable {
    static final String KEY = "sk-test";
    static final String FOREIGN_KEY = "sk-foreign";
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final ConfigurableApplicationContext service;
    final Directory directory;
    final OrganizationId organization;
    final OrganizationId foreign;

    RunningControlPlane(String... properties) {
        var database = PostgresServer.freshDatabase();
        var settings = new ArrayList<>(List.of(
                "server.port=0",
                "spring.application.name=control-plane",
                "spanlake.postgres.host=" + database.host(),
                "spanlake.postgres.port=" + database.port(),
                "spanlake.postgres.database=" + database.name(),
                "spanlake.postgres.user=" + database.user(),
                "spanlake.postgres.password=" + database.password(),
                "spanlake.blob.folder=" + folder(),
                "spanlake.control.copy-every=50ms",
                "spanlake.postgres.migrate=true"));
        settings.addAll(List.of(properties));
        service = new SpringApplicationBuilder(ControlPlaneApplication.class)
                .properties(settings.toArray(String[]::new))
                .run();
        directory = service.getBean(Directory.class);
        organization = organization("acme", KEY);
        foreign = organization("umbrella", FOREIGN_KEY);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("control-plane");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a bean of the service is. */
    <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    /** Status and body; the body is an empty object where there is none. */
    record Answer(int status, JsonNode body) {}

    Answer post(String path, String body) {
        return send(KEY, "POST", path, body);
    }

    Answer get(String path) {
        return send(KEY, "GET", path, "");
    }

    Answer send(String key, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(origin() + path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String origin() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
    }

    private OrganizationId organization(String name, String key) {
        var id = Objects.requireNonNull(directory.registerOrganization(name).block(WAIT));
        directory.registerKey(id, "test", ApiKeySha256.of(key)).block(WAIT);
        return id;
    }

    @Override
    public void close() {
        service.close();
    }
}
