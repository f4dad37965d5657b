package io.spanlake.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.testkit.clock.TurnedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest {
    private static final String TOPIC = "kept";

    private int nextPort = 14_000 + ThreadLocalRandom.current().nextInt(4_000);

    @Test
    void oneOfThreeMayDieAndEachMayBeStartedAnewInTurnWhileItTakesRecords(
            @TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
        try (var cluster = KafkaCluster.start(folder.resolve("kafka"), 3, this::freePort);
                var producer = producer(cluster)) {
            make(cluster, 3);
            send(producer);
            assertThat(cluster.outlivesABroker()).isTrue();

            leaderOf(cluster).kill();
            send(producer);
            cluster.brokers().stream()
                    .filter(broker -> !broker.process().isAlive())
                    .forEach(KafkaProcess::restart);
            cluster.awaitInSync();
            for (var broker : cluster.brokers()) {
                broker.stop();
                send(producer);
                broker.restart();
                cluster.awaitInSync();
            }
            send(producer);

            assertThat(recordsOf(cluster)).isEqualTo(6);
        }
    }

    @Test
    void oneAloneHasWhatItTookAfterItWasKilledAndAfterItWasEnded(@TempDir(cleanup = CleanupMode.NEVER) Path folder)
            throws Exception {
        try (var cluster = KafkaCluster.start(folder.resolve("kafka"), 1, this::freePort);
                var producer = producer(cluster)) {
            make(cluster, 1);
            var broker = cluster.brokers().getFirst();
            send(producer);
            broker.kill();
            broker.restart();
            send(producer);
            broker.stop();
            broker.restart();
            cluster.awaitInSync();

            assertThat(cluster.outlivesABroker()).isFalse();
            assertThat(recordsOf(cluster)).isEqualTo(2);
        }
    }

    @Test
    void aBrokerWhoseClockIsBehindSaysThatItAppendedThen(@TempDir(cleanup = CleanupMode.NEVER) Path folder)
            throws Exception {
        var clock = TurnedClock.found();
        try (var cluster = KafkaCluster.start(folder.resolve("kafka"), 1, this::freePort);
                var producer = producer(cluster)) {
            make(cluster, 1);
            cluster.brokers().getFirst().restart(clock.by(Duration.ofMinutes(-5)));
            send(producer);

            var before = Instant.now().minus(Duration.ofMinutes(4));
            assertThat(lastAppendIn(cluster)).isBefore(before);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaCluster cluster) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void make(KafkaCluster cluster, int copies) throws Exception {
        try (var admin = cluster.admin()) {
            var topic = new NewTopic(TOPIC, 1, (short) copies);
            admin.createTopics(List.of(topic.configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, new byte[100])).get();
    }

    private static KafkaProcess leaderOf(KafkaCluster cluster) throws Exception {
        try (var admin = cluster.admin()) {
            var topics = admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
            var topic = topics.values().iterator().next();
            return cluster.brokers().get(topic.partitions().getFirst().leader().id() - 1);
        }
    }

    private static long recordsOf(KafkaCluster cluster) throws Exception {
        var partition = new TopicPartition(TOPIC, 0);
        try (var admin = cluster.admin()) {
            var ends = admin.listOffsets(Map.of(partition, OffsetSpec.latest()));
            return ends.partitionResult(partition).get().offset();
        }
    }

    private static Instant lastAppendIn(KafkaCluster cluster) throws Exception {
        var partition = new TopicPartition(TOPIC, 0);
        try (var admin = cluster.admin()) {
            var latest = admin.listOffsets(Map.of(partition, OffsetSpec.maxTimestamp()));
            return Instant.ofEpochMilli(latest.partitionResult(partition).get().timestamp());
        }
    }

    /** Below the ports that the system gives to connections: one that is asked for in vain must not be the asker's own. */
    private int freePort() {
        while (true) {
            try (var socket = new ServerSocket(nextPort++, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next, then.
            }
        }
    }
}
