package io.spanlake.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.IdSlots;
import io.spanlake.catalog.ObjectWidths;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.service.auth.ApiKeySha256;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.testkit.kafka.KafkaBroker;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything wired from settings alone, against the real outside world. */
class WiringTest {
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start(@TempDir Path folder) {
        var broker = KafkaBroker.shared();
        var database = PostgresServer.freshDatabase();
        service = new SpringApplicationBuilder(Wired.class)
                .run(arguments(
                        "server.port=0",
                        "spanlake.postgres.host=" + database.host(),
                        "spanlake.postgres.port=" + database.port(),
                        "spanlake.postgres.database=" + database.name(),
                        "spanlake.postgres.user=" + database.user(),
                        "spanlake.postgres.password=" + database.password(),
                        "spanlake.postgres.migrate=true",
                        "spanlake.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "spanlake.kafka.topics.writes=wired-writes",
                        "spanlake.kafka.topics.wal-events=wired-events",
                        "spanlake.kafka.partitions=4",
                        "spanlake.kafka.single-broker=true",
                        "spanlake.kafka.create-topics=true",
                        "spanlake.redis.url=" + RedisServer.shared().url(),
                        "spanlake.blob.folder=" + folder));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyPortIsThereOnce() {
        for (var port : List.of(
                Directory.class,
                WalCommits.class,
                WalSnapshots.class,
                ProcessedCommits.class,
                Swaps.class,
                ObjectSnapshots.class,
                CompactionWork.class,
                Sweeps.class,
                Retentions.class,
                ObjectWidths.class,
                IdSlots.class,
                ObjectAccess.class,
                BlobStore.class,
                TopicContract.class)) {
            assertThat(service.getBeansOfType(port)).as(port.getSimpleName()).hasSize(1);
        }
    }

    @Test
    void aKeyOfTheCatalogLetsARequestIn() throws Exception {
        var directory = service.getBean(Directory.class);
        var organization = directory.registerOrganization("acme").block();
        var sha256 = ApiKeySha256.of("sk-wired");
        directory
                .registerKey(java.util.Objects.requireNonNull(organization), "first", sha256)
                .block();

        assertThat(status("/nothing-here", "sk-wired")).isEqualTo(404);
        assertThat(status("/nothing-here", "sk-other")).isEqualTo(401);
    }

    @Test
    void itIsReadyAndReachesEverything() throws Exception {
        assertThat(status("/readyz", "none")).isEqualTo(200);
        assertThat(body("/depz")).contains("\"postgres\":\"ok\"", "\"kafka\":\"ok\"", "\"blobs\":\"ok\"");
    }

    private static int status(String path, String key) throws Exception {
        return send(path, key).statusCode();
    }

    private static String body(String path) throws Exception {
        return send(path, "none").body();
    }

    private static HttpResponse<String> send(String path, String key) throws Exception {
        var port = service.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + key)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String[] arguments(String... settings) {
        var arguments = new ArrayList<String>();
        for (var setting : settings) {
            arguments.add("--" + setting);
        }
        return arguments.toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        ServiceConfiguration.class,
        BlobConfiguration.class,
        KafkaConfiguration.class,
        RedisConfiguration.class,
        // Twice, as in the standalone.
        ServiceConfiguration.class
    })
    static class Wired {}
}
