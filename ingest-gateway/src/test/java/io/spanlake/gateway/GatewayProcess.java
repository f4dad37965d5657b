package io.spanlake.gateway;

import io.spanlake.catalog.CatalogMigrations;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.Directory.NamedProject;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.auth.ApiKeySha256;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A gateway on a port of its own, with real Kafka, PostgreSQL and Redis behind it, and a client to call it. */
final class GatewayProcess implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final TestDatabase DATABASE = migrated();
    private static final Path BLOBS = temporaryFolder();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WritesTopic topic;
    private final String key;
    private final NamedProject project;
    private final NamedProject foreignProject;
    private final int port;

    /** What a test may change about it. */
    record Setup(
            KafkaBroker kafka,
            String redisUrl,
            Map<String, Object> properties,
            Failpoints failpoints,
            InstantSource clock) {
        static Setup with(String redisUrl) {
            return new Setup(KafkaBroker.shared(), redisUrl, Map.of(), Failpoints.NONE, InstantSource.system());
        }

        Setup on(KafkaBroker broker) {
            return new Setup(broker, redisUrl, properties, failpoints, clock);
        }

        Setup at(InstantSource time) {
            return new Setup(kafka, redisUrl, properties, failpoints, time);
        }

        Setup and(String property, Object value) {
            var more = new LinkedHashMap<>(properties);
            more.put(property, value);
            return new Setup(kafka, redisUrl, more, failpoints, clock);
        }

        Setup failingAt(Failpoints where) {
            return new Setup(kafka, redisUrl, properties, where, clock);
        }
    }

    private GatewayProcess(Setup setup, WritesTopic topic) {
        this.topic = topic;
        context = new SpringApplicationBuilder(GatewayApplication.class)
                .initializers(fresh -> replaceParts((GenericApplicationContext) fresh, setup))
                .properties(properties(setup, topic))
                .run();
        port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        var directory = context.getBean(Directory.class);
        key = "sk-" + UUID.randomUUID();
        var organization = register(directory, key);
        project = Objects.requireNonNull(
                directory.registerProject(organization, "demo").block());
        var foreign = register(directory, "sk-" + UUID.randomUUID());
        foreignProject = Objects.requireNonNull(
                directory.registerProject(foreign, "theirs").block());
    }

    static GatewayProcess start(Setup setup) {
        var topic = WritesTopic.create(setup.kafka(), PARTITIONS);
        return new GatewayProcess(setup, topic);
    }

    /** Another gateway beside the first, or in its place after it died. */
    static GatewayProcess start(Setup setup, WritesTopic topic) {
        return new GatewayProcess(setup, topic);
    }

    private static void replaceParts(GenericApplicationContext fresh, Setup setup) {
        fresh.getBeanFactory().registerSingleton("failpoints", setup.failpoints());
        fresh.registerBean("testClock", InstantSource.class, setup::clock, definition -> definition.setPrimary(true));
    }

    private static Map<String, Object> properties(Setup setup, WritesTopic topic) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.port", 0);
        properties.put("spring.application.name", "ingest-gateway");
        properties.put("spanlake.kafka.bootstrap-servers", setup.kafka().bootstrapServers());
        properties.put("spanlake.kafka.topics.writes", topic.name());
        properties.put("spanlake.kafka.topics.wal-events", topic.walEvents());
        properties.put("spanlake.kafka.partitions", PARTITIONS);
        properties.put("spanlake.kafka.single-broker", true);
        properties.put("spanlake.redis.url", setup.redisUrl());
        properties.put("spanlake.blob.folder", BLOBS.toString());
        properties.put("spanlake.postgres.host", DATABASE.host());
        properties.put("spanlake.postgres.port", DATABASE.port());
        properties.put("spanlake.postgres.database", DATABASE.name());
        properties.put("spanlake.postgres.user", DATABASE.user());
        properties.put("spanlake.postgres.password", DATABASE.password());
        properties.putAll(setup.properties());
        return properties;
    }

    private static OrganizationId register(Directory directory, String key) {
        var organization = Objects.requireNonNull(
                directory.registerOrganization("org-" + UUID.randomUUID()).block());
        directory.registerKey(organization, "test", ApiKeySha256.of(key)).block();
        return organization;
    }

    private static TestDatabase migrated() {
        var database = PostgresServer.freshDatabase();
        CatalogMigrations.migrate(database.jdbcUrl(), database.user(), database.password());
        return database;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gateway-blobs");
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    WritesTopic topic() {
        return topic;
    }

    String project() {
        return project.id().toString();
    }

    String foreignProject() {
        return foreignProject.id().toString();
    }

    OrganizationId organization() {
        return project.organization();
    }

    String key() {
        return key;
    }

    int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A row of the project's logs. */
    String row(String fields) {
        return "{%s,\"project_id\":\"%s\",\"log_id\":\"g\"}".formatted(fields, project());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(60));
    }

    Answer logs3(String body) {
        return send(request("/logs3")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer logs3(byte[] body, String encoding) {
        return send(request("/logs3")
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    Answer get(String path) {
        return send(request(path).build());
    }

    Answer send(HttpRequest request) {
        try {
            return Answer.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
