package io.spanlake.service.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the two topics have to be so that nothing acknowledged is lost. Pure: facts in, faults out; and the settings of a
 * topic that is to be made.
 */
final class TopicRules {
    static final long RETENTION_MS_MIN = Duration.ofDays(3).toMillis();
    static final long MESSAGE_BYTES_MIN = 20L << 20;

    private TopicRules() {}

    static List<TopicFault> faultsOfWrites(TopicFacts topic, KafkaSettings kafka) {
        var faults = new Faults(topic);
        faults.unless(
                topic.partitions() == kafka.partitions(),
                "partitions",
                topic.partitions(),
                kafka.partitions() + " (spanlake.kafka.partitions): an object's place depends on it");
        faults.addAll(faultsOfCopies(topic, kafka));
        faults.unlessSetting(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"::equals,
                "LogAppendTime: whether a transaction is closed is read from the broker's clock");
        faults.unlessSetting(
                TopicConfig.CLEANUP_POLICY_CONFIG, "delete"::equals, "delete: compaction would lose writes");
        faults.unlessSetting(
                TopicConfig.RETENTION_MS_CONFIG,
                value -> isUnlimited(value) || number(value) >= RETENTION_MS_MIN,
                "at least %d (72 h): a lost section is rebuilt from the topic".formatted(RETENTION_MS_MIN));
        faults.unlessSetting(
                TopicConfig.RETENTION_BYTES_CONFIG,
                TopicRules::isUnlimited,
                "-1: a burst must not push out what is not stored yet");
        faults.unlessSetting(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                value -> number(value) >= MESSAGE_BYTES_MIN,
                "at least %d (20 MiB): a row may have 16 MiB".formatted(MESSAGE_BYTES_MIN));
        return faults.found();
    }

    /** Events only wake readers, so that little is asked of their topic. */
    static List<TopicFault> faultsOfWalEvents(TopicFacts topic, KafkaSettings kafka) {
        var faults = new Faults(topic);
        faults.unless(
                topic.partitions() == kafka.partitions(),
                "partitions",
                topic.partitions(),
                kafka.partitions() + " (spanlake.kafka.partitions): its partitions stand for those of the writes");
        faults.unlessSetting(
                TopicConfig.CLEANUP_POLICY_CONFIG, "delete"::equals, "delete: of one partition every event counts");
        return faults.found();
    }

    private static List<TopicFault> faultsOfCopies(TopicFacts topic, KafkaSettings kafka) {
        int replicas = kafka.singleBroker() ? 1 : 3;
        int inSync = kafka.singleBroker() ? 1 : 2;
        var exception = kafka.singleBroker() ? "" : " (spanlake.kafka.single-broker=true accepts 1)";
        var faults = new Faults(topic);
        faults.unless(
                topic.replication() >= replicas,
                "replication factor",
                topic.replication(),
                "at least " + replicas + exception);
        faults.unlessSetting(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                value -> number(value) >= inSync,
                "at least " + inSync + exception);
        faults.unlessSetting(
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false"::equals,
                "false: a replica that lags must not become the leader");
        return faults.found();
    }

    static Map<String, String> settingsOfWrites(KafkaSettings kafka) {
        var settings = new LinkedHashMap<String, String>();
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION_MS_MIN));
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaSettings.RECORD_BYTES_MAX));
        settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, kafka.singleBroker() ? "1" : "2");
        return settings;
    }

    static Map<String, String> settingsOfWalEvents(KafkaSettings kafka) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                "delete",
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(Duration.ofHours(1).toMillis()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                kafka.singleBroker() ? "1" : "2");
    }

    private static boolean isUnlimited(String value) {
        return value.equals("-1");
    }

    /** A setting that is no number breaks every rule that wants one. */
    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException none) {
            return Long.MIN_VALUE;
        }
    }

    private static final class Faults {
        private final TopicFacts topic;
        private final List<TopicFault> found = new ArrayList<>();

        Faults(TopicFacts topic) {
            this.topic = topic;
        }

        void unless(boolean kept, String setting, Object is, String hasToBe) {
            if (!kept) {
                found.add(new TopicFault(topic.name(), setting, String.valueOf(is), hasToBe));
            }
        }

        void unlessSetting(String setting, Predicate<String> kept, String hasToBe) {
            var is = topic.settings().getOrDefault(setting, "not set");
            unless(kept.test(is), setting, is, hasToBe);
        }

        void addAll(List<TopicFault> more) {
            found.addAll(more);
        }

        List<TopicFault> found() {
            return found;
        }
    }
}
