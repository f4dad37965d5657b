package io.spanlake.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaSenderTest {
    private static final TopicPartition PARTITION = new TopicPartition("writes", 0);

    @Test
    void theAppendTimeIsTheBrokers() {
        assertThat(KafkaSender.appendTime(new RecordMetadata(PARTITION, 17, 2, 1_000, 0, 9)))
                .contains(1_000L);
    }

    /** A repeated send of a batch that the broker had already: the time is then the client's own. */
    @Test
    void aRecordWithoutAnOffsetHasNone() {
        assertThat(KafkaSender.appendTime(new RecordMetadata(PARTITION, -1, 0, 1_000, 0, 9)))
                .isEmpty();
    }
}
