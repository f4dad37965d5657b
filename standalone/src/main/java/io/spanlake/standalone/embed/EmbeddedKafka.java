package io.spanlake.standalone.embed;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and controller in this process, on this machine alone, its log on disk. It flushes before it
 * acknowledges, since no second broker has a copy. Whoever connects, to the controller too, has to know the password.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE = 1;
    private static final String BROKER = "BROKER";
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;
    private final int controllerPort;

    private EmbeddedKafka(KafkaRaftServer server, int port, int controllerPort) {
        this.server = server;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Blocks until it takes requests: some seconds. */
    public static EmbeddedKafka start(DataFolder data, Secrets secrets) throws Exception {
        Files.createDirectories(data.kafka());
        formatOnce(data.kafka());
        int port = Ports.free();
        int controllerPort = Ports.free();
        var properties = properties(data.kafka(), port, controllerPort);
        properties.putAll(KafkaPassword.ofBroker(secrets, List.of(BROKER, CONTROLLER)));
        var server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, port, controllerPort);
    }

    private static void formatOnce(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                // One replica has no one to be eligible beside it; after a kill it simply leads again.
                .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
                .run();
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE);
        settings.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(BROKER, Ports.LOCALHOST, port, CONTROLLER, Ports.LOCALHOST, controllerPort));
        settings.put("advertised.listeners", "%s://%s:%d".formatted(BROKER, Ports.LOCALHOST, port));
        settings.put("inter.broker.listener.name", BROKER);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE, Ports.LOCALHOST, controllerPort));
        settings.put("log.dirs", folder.toString());
        durability(settings);
        aSmallMachine(settings);
        var properties = new Properties();
        settings.forEach((name, value) -> properties.put(name, value.toString()));
        return properties;
    }

    private static void durability(Map<String, Object> settings) {
        settings.put("log.flush.interval.messages", 1);
        settings.put("auto.create.topics.enable", false);
        settings.put("unclean.leader.election.enable", false);
        settings.put("default.replication.factor", 1);
        settings.put("min.insync.replicas", 1);
        settings.put("message.max.bytes", 21 << 20);
        settings.put("offsets.topic.replication.factor", 1);
        settings.put("offsets.topic.num.partitions", 1);
        settings.put("transaction.state.log.replication.factor", 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 1);
        settings.put("share.coordinator.state.topic.replication.factor", 1);
        settings.put("share.coordinator.state.topic.min.isr", 1);
        // After a kill what lies behind the last checkpoint is read again: shorter segments, a quicker start.
        settings.put("log.segment.bytes", 128 << 20);
    }

    /** Threads, buffers and timers of one broker that has nobody to talk to. */
    private static void aSmallMachine(Map<String, Object> settings) {
        settings.put("num.network.threads", 2);
        settings.put("listener.name." + CONTROLLER.toLowerCase(Locale.ROOT) + ".num.network.threads", 1);
        settings.put("num.io.threads", 4);
        settings.put("background.threads", 2);
        // Each looks for work three times a second, also where there is none.
        settings.put("group.coordinator.threads", 1);
        settings.put("num.recovery.threads.per.data.dir", 2);
        settings.put("log.cleaner.dedupe.buffer.size", 2 << 20);
        settings.put("log.cleaner.io.buffer.size", 128 << 10);
        settings.put("log.cleaner.backoff.ms", 60_000);
        settings.put("group.initial.rebalance.delay.ms", 0);
        // A killed broker may register again only after its session has ended.
        settings.put("broker.session.timeout.ms", 4_000);
        settings.put("broker.heartbeat.interval.ms", 2_000);
        // Nobody else votes or follows: no empty records twice a second, no elections to wait for.
        settings.put("metadata.max.idle.interval.ms", 0);
        settings.put("controller.quorum.election.timeout.ms", 200);
        settings.put("controller.quorum.election.backoff.max.ms", 200);
        settings.put("controller.quorum.fetch.timeout.ms", 30_000);
        settings.put("replica.fetch.wait.max.ms", 5_000);
    }

    public int port() {
        return port;
    }

    int controllerPort() {
        return controllerPort;
    }

    public String bootstrapServer() {
        return Ports.LOCALHOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
