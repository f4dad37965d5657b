package io.spanlake.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanlake.testkit.kafka.KafkaBroker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicContractTest {
    private final KafkaBroker broker = KafkaBroker.shared();

    @Test
    void topicsOfTheTestKitKeepIt() {
        var settings = onOneBroker(broker.createTopic("writes", 4), broker.createTopic("events", 4), false);

        assertThat(TopicContract.checked(settings).partitions()).isEqualTo(4);
    }

    @Test
    void oneReplicaIsRefusedUnlessTheSettingSaysSo() {
        var topics = new KafkaSettings.Topics(broker.createTopic("writes", 4), broker.createTopic("events", 4));
        var settings = new KafkaSettings(List.of(broker.bootstrapServers()), topics, 4, false, false, Map.of());

        assertThatThrownBy(() -> TopicContract.checked(settings))
                .isInstanceOf(TopicContractException.class)
                .hasMessageContaining("replication factor is 1")
                .hasMessageContaining("min.insync.replicas is 1");
    }

    @Test
    void aTopicInTheClientsTimeIsRefusedByName() {
        var writes = broker.createTopic("writes", 4, Map.of("message.timestamp.type", "CreateTime"));
        var settings = onOneBroker(writes, broker.createTopic("events", 4), false);

        assertThatThrownBy(() -> TopicContract.checked(settings))
                .hasMessageContaining(writes)
                .hasMessageContaining("message.timestamp.type is CreateTime, it has to be LogAppendTime");
    }

    @Test
    void aMissingTopicIsShownAsCauseAndAction() {
        var settings = onOneBroker("absent-writes", "absent-events", false);
        var failure = catchThrowable(() -> TopicContract.checked(settings));

        var analysis = new TopicContractFailureAnalyzer().analyze(new IllegalStateException("start failed", failure));

        assertThat(analysis).satisfies(shown -> {
            assertThat(shown.getDescription()).isEqualTo("Kafka: topic absent-writes does not exist");
            assertThat(shown.getAction()).contains("spanlake.kafka.create-topics=true");
        });
    }

    @Test
    void aMissingTopicIsCreatedWhereTheSettingSaysSoAndFoundTheNextTime() {
        assertThat(TopicContract.checked(onOneBroker("made-writes", "made-events", true)))
                .isNotNull();

        assertThat(TopicContract.checked(onOneBroker("made-writes", "made-events", false)))
                .isNotNull();
    }

    private KafkaSettings onOneBroker(String writes, String events, boolean createTopics) {
        var topics = new KafkaSettings.Topics(writes, events);
        return new KafkaSettings(List.of(broker.bootstrapServers()), topics, 4, true, createTopics, Map.of());
    }
}
