package io.spanlake.testkit.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * One Kafka broker (KRaft, its log in a temporary folder). Tests share one a JVM and keep apart by topic names; a test
 * that stops the broker starts its own.
 *
 * <p>Thread-safe. Starting takes about two seconds and blocks.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final int MIB = 1 << 20;

    /** What a topic has to be for the services to run on it, with one broker. */
    private static final Map<String, String> TOPIC_SETTINGS = Map.of(
            "message.timestamp.type", "LogAppendTime",
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(72L * 3600 * 1000),
            "retention.bytes", "-1",
            "unclean.leader.election.enable", "false",
            "min.insync.replicas", "1",
            "max.message.bytes", Integer.toString(21 * MIB));

    private final EmbeddedKafkaKraftBroker broker;
    private final String bootstrapServers;
    private final AtomicInteger topics = new AtomicInteger();

    private KafkaBroker() {
        broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperties(Map.of(
                "auto.create.topics.enable", "false",
                "message.max.bytes", Integer.toString(21 * MIB),
                "replica.fetch.max.bytes", Integer.toString(22 * MIB),
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0"));
        broker.afterPropertiesSet();
        bootstrapServers = broker.getBrokersAsString();
    }

    /** The broker of this JVM; started at the first call, gone with the JVM. */
    public static KafkaBroker shared() {
        return Shared.BROKER;
    }

    /** A broker of the test's own, to be closed by it. */
    public static KafkaBroker start() {
        return new KafkaBroker();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Creates a topic that keeps the contract, under a name that no other test has.
     *
     * @return its name: the prefix and a number
     */
    public String createTopic(String prefix, int partitions) {
        return createTopic(prefix, partitions, Map.of());
    }

    /** As above, with some settings changed, to see what a service says to them. */
    public String createTopic(String prefix, int partitions, Map<String, String> changed) {
        var name = prefix + "-" + topics.incrementAndGet();
        createNamed(name, partitions, changed);
        return name;
    }

    /** Creates a topic under exactly this name. */
    public void createNamed(String name, int partitions, Map<String, String> changed) {
        var settings = new HashMap<>(TOPIC_SETTINGS);
        settings.putAll(changed);
        try (var admin = admin()) {
            var topic = new NewTopic(name, partitions, (short) 1).configs(settings);
            await(admin.createTopics(List.of(topic)).all());
            awaitLeaders(admin, name);
        }
    }

    /** The controller answers before the broker knows the topic; a client that asks in between is told there is none. */
    private static void awaitLeaders(Admin admin, String topic) {
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (!hasLeaders(admin, topic)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("topic " + topic + " got no leader within 30 s");
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }

    private static boolean hasLeaders(Admin admin, String topic) {
        try {
            var descriptions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            return descriptions.values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a topic was made", interrupted);
        } catch (ExecutionException unknownYet) {
            return false;
        }
    }

    /** Deletes the topic, as an operator's mistake would. */
    public void deleteTopic(String name) {
        try (var admin = admin()) {
            await(admin.deleteTopics(List.of(name)).all());
        }
    }

    /** A client for everything else; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public void close() {
        broker.destroy();
    }

    private static void await(KafkaFuture<Void> done) {
        try {
            done.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka worked", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka refused: " + failed.getCause(), failed.getCause());
        }
    }

    private static final class Shared {
        private static final KafkaBroker BROKER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close, "kafka-broker-stop"));
        }
    }
}
