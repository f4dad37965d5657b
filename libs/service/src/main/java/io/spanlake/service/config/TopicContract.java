package io.spanlake.service.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Proof that the topics were found to keep the contract. A bean that sends or reads takes it, and so comes after the
 * check.
 */
public final class TopicContract {
    private final KafkaSettings kafka;

    private TopicContract(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Number of partitions of topic {@code writes}. */
    public int partitions() {
        return kafka.partitions();
    }

    /**
     * Asks the brokers; creates what is missing where the settings say so. Blocks up to half a minute: for the start.
     *
     * @throws TopicContractException naming topic, setting, what it is and what it has to be
     */
    public static TopicContract checked(KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.admin())) {
            var faults = new ArrayList<TopicFault>();
            var writes = factsOf(admin, kafka.writes(), kafka.partitions(), TopicRules.settingsOfWrites(kafka), kafka);
            faults.addAll(TopicRules.faultsOfWrites(writes, kafka));
            var events =
                    factsOf(admin, kafka.walEvents(), kafka.partitions(), TopicRules.settingsOfWalEvents(kafka), kafka);
            faults.addAll(TopicRules.faultsOfWalEvents(events, kafka));
            if (!faults.isEmpty()) {
                throw TopicContractException.broken(faults);
            }
            return new TopicContract(kafka);
        } catch (ExecutionException unanswered) {
            throw TopicContractException.unreachable(kafka, unanswered);
        } catch (org.apache.kafka.common.KafkaException unusable) {
            throw TopicContractException.unreachable(kafka, unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were checked", interrupted);
        }
    }

    private static TopicFacts factsOf(
            Admin admin, String topic, int partitions, Map<String, String> settings, KafkaSettings kafka)
            throws ExecutionException, InterruptedException {
        try {
            return facts(admin, topic);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw failed;
            }
            if (!kafka.createTopics()) {
                throw TopicContractException.missing(topic);
            }
        }
        create(admin, topic, partitions, settings, kafka);
        return factsOfNew(admin, topic);
    }

    private static void create(
            Admin admin, String topic, int partitions, Map<String, String> settings, KafkaSettings kafka)
            throws ExecutionException, InterruptedException {
        var fresh = new NewTopic(topic, partitions, (short) (kafka.singleBroker() ? 1 : 3)).configs(settings);
        try {
            admin.createTopics(List.of(fresh)).all().get();
        } catch (ExecutionException failed) {
            // Another service of the same start was faster.
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    /** A topic may take a moment until every broker knows it. */
    private static TopicFacts factsOfNew(Admin admin, String topic) throws ExecutionException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return facts(admin, topic);
            } catch (ExecutionException failed) {
                boolean unknownYet = failed.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknownYet || attempt == 50) {
                    throw failed;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
            }
        }
    }

    private static TopicFacts facts(Admin admin, String topic) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var description = value(admin.describeTopics(List.of(topic)).topicNameValues(), topic);
        var settings = new java.util.HashMap<String, String>();
        for (var entry : value(admin.describeConfigs(List.of(resource)).values(), resource)
                .entries()) {
            if (entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }
        return new TopicFacts(topic, description.partitions().size(), replication(description), settings);
    }

    private static int replication(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static <K, V> V value(Map<K, KafkaFuture<V>> answers, K key)
            throws ExecutionException, InterruptedException {
        var answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException("Kafka did not answer about " + key);
        }
        return answer.get();
    }
}
