package io.spanlake.benchmarks.system;

import java.util.List;

/** Whose work a thread does, by the beginning of its name as Linux has it: fifteen characters. */
enum Stage {
    GATEWAY("gateway", "reactor-http", "parallel", "gateway-", "kafka-producer", "lettuce", "blob-event"),
    BROKER(
            "broker",
            "data-plane",
            "kafka-",
            "broker-",
            "group-coord",
            "controller",
            "quorum",
            "raft-",
            "log-",
            "Expiration",
            "executor-",
            "metrics-meter",
            "client-metrics",
            "share-",
            "persister",
            "network-partit"),
    STREAMER("streamer", "wal-", "blob-disk", "reactor-tcp"),
    PROCESSOR("processor", "segments"),
    COMPACTOR("compactor", "compact-", "rewrite-", "sweep"),
    READS("reads", "query-", "ui-"),
    COMPILER("compiler", "C1 Compiler", "C2 Compiler"),
    COLLECTOR("garbage collector", "GC Thread", "G1 "),
    OTHER("other threads and processes");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a list that takes no change
    private final List<String> names;

    Stage(String title, String... names) {
        this.title = title;
        this.names = List.of(names);
    }

    String title() {
        return title;
    }

    static Stage of(String thread) {
        for (var stage : values()) {
            if (stage.names.stream().anyMatch(thread::startsWith)) {
                return stage;
            }
        }
        return OTHER;
    }
}
