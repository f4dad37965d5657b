package io.spanlake.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Pins names and defaults: changing one is a choice. */
class SettingsTest {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "spanlake.kafka", KafkaSettings.class,
            "spanlake.postgres", PostgresSettings.class,
            "spanlake.redis", RedisSettings.class,
            "spanlake.blob", BlobSettings.class);

    @Test
    void kafkaOfACluster() {
        var settings =
                bind("spanlake.kafka", KafkaSettings.class, Map.of("spanlake.kafka.bootstrap-servers", "a:1,b:2"));

        assertThat(settings.bootstrapServers()).containsExactly("a:1", "b:2");
        assertThat(settings.writes()).isEqualTo("writes");
        assertThat(settings.walEvents()).isEqualTo("wal-events");
        assertThat(settings.partitions()).isEqualTo(48);
        assertThat(settings.singleBroker()).isFalse();
        assertThat(settings.createTopics()).isFalse();
        assertThat(settings.producer())
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
        assertThat(settings.consumer())
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false);
    }

    @Test
    void kafkaClientsGetTheirSecretsAndNothingPrintsThem() {
        var properties = Map.of(
                "spanlake.kafka.bootstrap-servers", "a:1",
                "spanlake.kafka.client.security.protocol", "SASL_SSL",
                "spanlake.kafka.client.sasl.jaas.config", "password=hunter2");

        var settings = bind("spanlake.kafka", KafkaSettings.class, properties);

        assertThat(settings.admin())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "password=hunter2");
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    }

    @Test
    void postgres() {
        var settings = bind("spanlake.postgres", PostgresSettings.class, Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(5432);
        assertThat(settings.database()).isEqualTo("spanlake");
        assertThat(settings.user()).isEqualTo("spanlake");
        assertThat(settings.password()).isEmpty();
        assertThat(settings.migrate()).isFalse();
        assertThat(settings.sslMode()).isEqualTo("prefer");
        assertThat(settings.poolSize()).isEqualTo(10);
        assertThat(settings.maxLifetime()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void redis() {
        var settings = bind("spanlake.redis", RedisSettings.class, Map.of());

        assertThat(settings.url()).isEqualTo("redis://127.0.0.1:6379");
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void secretsAreNotPrinted() {
        var postgres =
                bind("spanlake.postgres", PostgresSettings.class, Map.of("spanlake.postgres.password", "hunter2"));
        var redis = bind("spanlake.redis", RedisSettings.class, Map.of("spanlake.redis.url", "redis://u:hunter2@r:1"));
        var blob = bind(
                "spanlake.blob",
                BlobSettings.class,
                Map.of("spanlake.blob.kind", "azure", "spanlake.blob.azure.connection-string", "AccountKey=hunter2"));

        assertThat(postgres.password()).contains("hunter2");
        assertThat(postgres + " " + redis + " " + blob).contains("r:1").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "spanlake.kafka.partitions, 0",
        "spanlake.kafka.topics.wal-events, writes",
        "spanlake.postgres.port, 70000",
        "spanlake.postgres.pool-size, 0",
        "spanlake.postgres.acquire-timeout, 0s",
        "spanlake.redis.url, http://redis",
        "spanlake.redis.command-timeout, 0ms",
        "spanlake.blob.kind, azure",
        "spanlake.blob.kind, folder",
    })
    void aValueOutOfBoundsIsRefusedAndNamed(String name, String value) {
        var prefix = name.substring(0, name.indexOf('.', "spanlake.".length()));
        var properties = Map.of("spanlake.kafka.bootstrap-servers", "a:1", name, value);

        var type = Objects.requireNonNull(TYPES.get(prefix), prefix);
        assertThatThrownBy(() -> bind(prefix, type, properties)).rootCause().hasMessageContaining(prefix);
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        var source = new MapConfigurationPropertySource(new LinkedHashMap<>(properties));
        return new Binder(source).bindOrCreate(prefix, type);
    }
}
