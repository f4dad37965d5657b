package io.spanlake.acceptance;

import io.spanlake.testkit.azurite.Azurite;
import io.spanlake.testkit.blobproxy.BlobProxy;
import io.spanlake.testkit.kafka.KafkaCluster;
import io.spanlake.testkit.postgres.PostgresProcess;
import io.spanlake.testkit.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brokers, database, cache and object storage, each a process of its own that can be killed and started again. */
final class FleetParts implements AutoCloseable {
    private static final String CONTAINER = "spanlake";
    private static final String ROLE_PASSWORD = "of-a-role-0123456789";

    private final Azurite azurite;
    private final BlobProxy blobs;
    private final KafkaCluster kafka;
    private final PostgresProcess postgres;
    private final RedisServer redis;

    /** Skips the test where there is no Azurite. */
    FleetParts(Path folder, int brokers, long seed) {
        azurite = Azurite.start();
        azurite.createContainer(CONTAINER);
        blobs = BlobProxy.start(URI.create(azurite.endpoint()), seed);
        kafka = KafkaCluster.start(folder.resolve("kafka"), brokers, Ports::free);
        postgres = PostgresProcess.start(folder.resolve("postgres"), Ports.free());
        redis = RedisServer.start();
    }

    KafkaCluster kafka() {
        return kafka;
    }

    PostgresProcess postgres() {
        return postgres;
    }

    RedisServer redis() {
        return redis;
    }

    /** Before the object storage, which itself never fails. */
    BlobProxy blobs() {
        return blobs;
    }

    /** Of a catalog that is migrated already. */
    void makeRoles() {
        try {
            var script = Places.repository().resolve("libs/catalog/src/main/resources/db/roles.sql");
            postgres.database().execute(Files.readString(script));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (var kind : ServiceKind.withRoles()) {
            postgres.database()
                    .execute("create role \"%s\" login password '%s' in role %s"
                            .formatted(kind.module(), ROLE_PASSWORD, kind.role()));
        }
    }

    /** As a chart would give it. */
    Map<String, String> environmentOf(ServiceKind kind) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SPANLAKE_KAFKA_BOOTSTRAPSERVERS", kafka.bootstrapServers());
        environment.put("SPANLAKE_KAFKA_PARTITIONS", "4");
        if (!kafka.outlivesABroker()) {
            environment.put("SPANLAKE_KAFKA_SINGLEBROKER", "true");
        }
        environment.put("SPANLAKE_KAFKA_CREATETOPICS", "true");
        var database = postgres.database();
        boolean owner = kind.role().isEmpty();
        environment.put("SPANLAKE_POSTGRES_HOST", database.host());
        environment.put("SPANLAKE_POSTGRES_PORT", Integer.toString(database.port()));
        environment.put("SPANLAKE_POSTGRES_DATABASE", database.name());
        environment.put("SPANLAKE_POSTGRES_USER", owner ? database.user() : kind.module());
        environment.put("SPANLAKE_POSTGRES_PASSWORD", owner ? database.password() : ROLE_PASSWORD);
        environment.put("SPANLAKE_POSTGRES_SSLMODE", "disable");
        environment.put("SPANLAKE_POSTGRES_MIGRATE", Boolean.toString(owner));
        environment.put("SPANLAKE_REDIS_URL", redis.url());
        environment.put("SPANLAKE_BLOB_KIND", "azure");
        environment.put("SPANLAKE_BLOB_AZURE_CONTAINER", CONTAINER);
        environment.put("SPANLAKE_BLOB_AZURE_CONNECTIONSTRING", azurite.connectionString(blobs.endpoint()));
        return environment;
    }

    List<String> secrets() {
        return List.of(ROLE_PASSWORD, Azurite.ACCOUNT_KEY);
    }

    @Override
    public void close() {
        redis.close();
        postgres.close();
        kafka.close();
        blobs.close();
        azurite.close();
    }
}
