package io.spanlake.testkit.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the nodes of a cluster listen, and how each is set: every one is broker and controller. Of three, what is acknowledged
 * lies on two.
 *
 * @param nodes in the order of their numbers, which begin with 1
 */
record KafkaNodes(List<Node> nodes) {
    /** Listener by which controllers are spoken to. */
    static final String CONTROLLER = "CONTROLLER";

    private static final int COPIES_MAX = 3;
    private static final int MIB = 1 << 20;

    KafkaNodes {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster without nodes");
        }
    }

    /** Ports of 127.0.0.1. */
    record Node(int port, int controllerPort) {}

    static KafkaNodes of(int count, IntSupplier freePorts) {
        return new KafkaNodes(Stream.generate(() -> new Node(freePorts.getAsInt(), freePorts.getAsInt()))
                .limit(count)
                .toList());
    }

    String bootstrapServers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    Node node(int number) {
        return nodes.get(number - 1);
    }

    /** @param log where the node keeps what it is sent */
    Map<String, Object> settings(int number, Path log) {
        var node = node(number);
        var all = new TreeMap<String, Object>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", number);
        all.put(
                "listeners",
                "BROKER://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(node.port(), CONTROLLER, node.controllerPort()));
        all.put("advertised.listeners", "BROKER://127.0.0.1:" + node.port());
        all.put("listener.security.protocol.map", "BROKER:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER));
        all.put("inter.broker.listener.name", "BROKER");
        all.put("controller.listener.names", CONTROLLER);
        all.put("controller.quorum.voters", voters());
        all.put("log.dirs", log);
        all.put("auto.create.topics.enable", false);
        all.put("unclean.leader.election.enable", false);
        all.put("message.max.bytes", 21 * MIB);
        int copies = Math.min(nodes.size(), COPIES_MAX);
        int inSync = Math.max(1, copies - 1);
        for (var internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(internal + ".replication.factor", copies);
            all.put(internal + ".num.partitions", 1);
        }
        all.put("transaction.state.log.min.isr", inSync);
        all.put("share.coordinator.state.topic.min.isr", inSync);
        all.put("min.insync.replicas", inSync);
        if (nodes.size() == 1) {
            // A killed broker may register again only after its session has ended, and nothing goes on without it.
            all.put("broker.session.timeout.ms", 3_000);
            all.put("broker.heartbeat.interval.ms", 1_000);
        }
        return all;
    }

    private String voters() {
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(number ->
                        "%d@127.0.0.1:%d".formatted(number, node(number).controllerPort()))
                .collect(Collectors.joining(","));
    }
}
