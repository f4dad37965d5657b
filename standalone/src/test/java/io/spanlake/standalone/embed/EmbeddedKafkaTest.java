package io.spanlake.standalone.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.standalone.data.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    private static final String TOPIC = "writes";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final DataFolder data;

    EmbeddedKafkaTest(@TempDir Path folder) {
        this.data = new DataFolder(folder);
    }

    @Test
    void itFlushesBeforeItAcknowledgesAndKeepsItsLogOverARestart() throws Exception {
        try (var kafka = EmbeddedKafka.start(data);
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

        try (var again = EmbeddedKafka.start(data);
                var admin = admin(again)) {
            var next = admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get();
            assertThat(next.offset()).isEqualTo(1);
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServer()));
    }

    private static void send(EmbeddedKafka kafka) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServer(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var value = "one".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<byte[], byte[]>(TOPIC, 0, null, value))
                    .get();
        }
    }
}
