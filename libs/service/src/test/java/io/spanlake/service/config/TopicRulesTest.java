package io.spanlake.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRulesTest {
    private static final KafkaSettings CLUSTER = settings(false);
    private static final KafkaSettings SINGLE = settings(true);

    @Test
    void aTopicMadeByUsKeepsTheContract() {
        var inCluster = new TopicFacts("writes", 4, 3, TopicRules.settingsOfWrites(CLUSTER));
        var onOneBroker = new TopicFacts("writes", 4, 1, TopicRules.settingsOfWrites(SINGLE));

        assertThat(TopicRules.faultsOfWrites(inCluster, CLUSTER)).isEmpty();
        assertThat(TopicRules.faultsOfWrites(onOneBroker, SINGLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "message.timestamp.type, CreateTime",
        "cleanup.policy, compact",
        "cleanup.policy, 'compact,delete'",
        "retention.ms, 259199999",
        "retention.ms, soon",
        "retention.bytes, 1073741824",
        "max.message.bytes, 1048588",
        "unclean.leader.election.enable, true",
        "min.insync.replicas, 1",
    })
    void aSettingThatBreaksItIsNamedWithWhatItIs(String setting, String value) {
        var faults = TopicRules.faultsOfWrites(changed(setting, value), CLUSTER);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.setting()).isEqualTo(setting);
            assertThat(fault.is()).isEqualTo(value);
            assertThat(fault.toString()).contains("writes", setting, value, "has to be");
        });
    }

    @ParameterizedTest
    @CsvSource({"retention.ms, -1", "retention.ms, 259200000", "max.message.bytes, 20971520", "min.insync.replicas, 2"})
    void whatIsJustEnoughIsEnough(String setting, String value) {
        assertThat(TopicRules.faultsOfWrites(changed(setting, value), CLUSTER)).isEmpty();
    }

    @Test
    void twoReplicasAreTooFewAndTheExceptionIsNamed() {
        var topic = new TopicFacts("writes", 4, 2, TopicRules.settingsOfWrites(CLUSTER));

        assertThat(TopicRules.faultsOfWrites(topic, CLUSTER))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .contains("replication factor is 2", "at least 3", "spanlake.kafka.single-broker"));
    }

    @ParameterizedTest
    @CsvSource({"3", "5"})
    void anotherNumberOfPartitionsIsRefusedInBothDirections(int partitions) {
        var topic = new TopicFacts("writes", partitions, 3, TopicRules.settingsOfWrites(CLUSTER));

        assertThat(TopicRules.faultsOfWrites(topic, CLUSTER))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .contains("partitions is " + partitions, "4 (spanlake.kafka.partitions)"));
    }

    @Test
    void eventsHaveAPartitionForEachOfTheWrites() {
        var topic = new TopicFacts("wal-events", 1, 3, TopicRules.settingsOfWalEvents(CLUSTER));

        assertThat(TopicRules.faultsOfWalEvents(topic, CLUSTER))
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .contains("topic wal-events: partitions is 1", "4 (spanlake.kafka.partitions)"));
    }

    private static TopicFacts changed(String setting, String value) {
        var settings = new HashMap<>(TopicRules.settingsOfWrites(CLUSTER));
        settings.put(setting, value);
        return new TopicFacts("writes", 4, 3, settings);
    }

    private static KafkaSettings settings(boolean singleBroker) {
        var topics = new KafkaSettings.Topics("writes", "wal-events");
        return new KafkaSettings(List.of("localhost:9092"), topics, 4, singleBroker, false, Map.of());
    }
}
