package io.spanlake.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {
    private final KafkaBroker broker = KafkaBroker.shared();

    @Test
    void aTopicTakesARecordOfTwentyMebibytes() throws Exception {
        var topic = broker.createTopic("big", 4);

        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "max.request.size",
                        21 << 20,
                        "buffer.memory",
                        64L << 20,
                        "acks",
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<byte[], byte[]>(topic, 3, null, new byte[20 << 20]);
            var sent = producer.send(record).get();

            assertThat(sent.partition()).isEqualTo(3);
            assertThat(sent.offset()).isZero();
        }
    }

    @Test
    void twoTopicsOfOnePrefixAreTwoTopics() {
        var first = broker.createTopic("same", 1);
        var second = broker.createTopic("same", 1);

        assertThat(first).isNotEqualTo(second);
    }
}
