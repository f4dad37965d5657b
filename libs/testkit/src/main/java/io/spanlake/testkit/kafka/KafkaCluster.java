package io.spanlake.testkit.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Brokers that make one cluster, each a process of its own with a folder of its own; one that is alone is a cluster too. Not
 * thread-safe; everything blocks.
 */
public final class KafkaCluster implements AutoCloseable {
    private static final Duration IN_SYNC_WITHIN = Duration.ofSeconds(90);

    private final KafkaNodes nodes;
    private final List<KafkaProcess> brokers = new ArrayList<>();

    private KafkaCluster(Path folder, KafkaNodes nodes) {
        this.nodes = nodes;
        try {
            for (int number = 1; number <= nodes.nodes().size(); number++) {
                brokers.add(KafkaProcess.launched(folder.resolve("broker-" + number), nodes, number));
            }
            // No controller leads before most of them run.
            brokers.forEach(KafkaProcess::awaitUp);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * @param folder    an empty one
     * @param freePorts never gives the same twice
     */
    public static KafkaCluster start(Path folder, int brokers, IntSupplier freePorts) {
        return new KafkaCluster(folder, KafkaNodes.of(brokers, freePorts));
    }

    /** Of all brokers. */
    public String bootstrapServers() {
        return nodes.bootstrapServers();
    }

    public List<KafkaProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** Whether it takes what is sent while one of its brokers is away. */
    public boolean outlivesABroker() {
        return brokers.size() > 2;
    }

    /** A client for everything else; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Waits until every replica of every topic has what its leader has: before that no further broker may go. */
    public void awaitInSync() {
        long deadline = System.nanoTime() + IN_SYNC_WITHIN.toNanos();
        try (var admin = admin()) {
            for (var behind = behind(admin); !behind.isEmpty(); behind = behind(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not in sync within %s: %s".formatted(IN_SYNC_WITHIN, behind));
                }
                LockSupport.parkNanos(100_000_000L);
            }
        }
    }

    private static List<String> behind(Admin admin) {
        try {
            var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            var topics = admin.describeTopics(names).allTopicNames().get();
            return topics.values().stream()
                    .map(KafkaCluster::behind)
                    .flatMap(Collection::stream)
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while brokers came back", interrupted);
        } catch (ExecutionException unanswered) {
            return List.of(String.valueOf(unanswered.getCause()));
        }
    }

    private static List<String> behind(TopicDescription topic) {
        return topic.partitions().stream()
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .map(partition -> "%s-%d".formatted(topic.name(), partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        brokers.forEach(KafkaProcess::close);
    }
}
