package io.spanlake.segments.wake;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/** {@code wal-events → wake}: one task a partition, no state. */
final class WakeTopology {
    private WakeTopology() {}

    static Topology of(String walEvents, Ownership ownership) {
        var bytes = new ByteArrayDeserializer();
        // What was announced before we came stands in the catalog, which is asked first of all.
        return new Topology()
                .addSource(AutoOffsetReset.latest(), "wal-events", bytes, bytes, walEvents)
                .addProcessor("wake", () -> new WakeProcessor(ownership), "wal-events");
    }
}
