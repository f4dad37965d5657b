package io.spanlake.standalone.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final String TOPIC = "writes";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final DataFolder data;

    private final Secrets secrets;

    EmbeddedKafkaTest(@TempDir Path folder) {
        this.data = new DataFolder(folder);
        this.secrets = Secrets.of(data, new SecureRandom());
    }

    @Test
    void itFlushesBeforeItAcknowledgesAndKeepsItsLogOverARestart() throws Exception {
        try (var kafka = EmbeddedKafka.start(data, secrets);
                var admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
            var settings = admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .entrySet()
                    .iterator()
                    .next()
                    .getValue();
            assertThat(settings.get("flush.messages").value()).isEqualTo("1");
            assertThat(settings.get("unclean.leader.election.enable").value()).isEqualTo("false");
            send(kafka);
        }

        try (var again = EmbeddedKafka.start(data, secrets);
                var admin = admin(again)) {
            var next = admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get();
            assertThat(next.offset()).isEqualTo(1);
        }
    }

    @Test
    void whoeverDoesNotKnowThePasswordIsRefused() throws Exception {
        var other = new Secrets("", "", "", "a guess");

        try (var kafka = EmbeddedKafka.start(data, secrets)) {
            var broker = Map.of("bootstrap.servers", kafka.bootstrapServer());
            var controller = Map.of("bootstrap.controllers", "127.0.0.1:" + kafka.controllerPort());
            var wrong = KafkaPassword.ofClient(other);

            assertThat(refusal(broker, Map.of())).isInstanceOf(TimeoutException.class);
            assertThat(refusal(controller, Map.of())).isInstanceOf(TimeoutException.class);
            assertThat(refusal(broker, wrong)).isInstanceOf(SaslAuthenticationException.class);
            assertThat(refusal(controller, wrong)).isInstanceOf(SaslAuthenticationException.class);
        }
    }

    /** What a client that just asks who is there gets. */
    private static Throwable refusal(Map<String, String> where, Map<String, String> client) {
        var settings = new HashMap<String, Object>(where);
        settings.putAll(client);
        settings.put("request.timeout.ms", 1_000);
        settings.put("default.api.timeout.ms", 1_500);
        try (var admin = Admin.create(settings)) {
            var answer = admin.describeCluster().nodes();
            return Objects.requireNonNull(catchThrowable(answer::get).getCause());
        }
    }

    private Admin admin(EmbeddedKafka kafka) {
        return Admin.create(connection(kafka));
    }

    private Map<String, Object> connection(EmbeddedKafka kafka) {
        var settings = new HashMap<String, Object>(KafkaPassword.ofClient(secrets));
        settings.put("bootstrap.servers", kafka.bootstrapServer());
        return settings;
    }

    private void send(EmbeddedKafka kafka) throws Exception {
        var settings = connection(kafka);
        settings.put("acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var value = "one".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<byte[], byte[]>(TOPIC, 0, null, value))
                    .get();
        }
    }
}
