package io.spanlake.simulation.node;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.simulation.log.Records;
import io.spanlake.simulation.time.SimProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What a gateway does behind its HTTP: an id is drawn, then the rows are produced, partition by partition; between the two it
 * may stall, and what it produced it may produce again. Few rows, to which all happens.
 */
public final class GatewayNode {
    private static final int ROWS = 7;
    private static final int TRACES = 3;
    private static final int LATE_SECONDS = 29;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(35);

    private final Surroundings world;
    private final SimProcess process;
    private final RandomGenerator random;
    private final Placement placement;
    private final int width;
    private int drawn;
    private int values;

    /** @param width of every object */
    public GatewayNode(Surroundings world, SimProcess process, int width) {
        this.world = world;
        this.process = process;
        this.random = world.random();
        this.placement = new Placement(world.topic().partitions());
        this.width = width;
    }

    /** @param until how far the world's time has to be for no more requests to begin */
    public void run(int requests, Duration until) {
        process.run(() -> {
            for (int request = 0; request < requests; request++) {
                process.sleep(Duration.ofMillis(random.nextInt(1, 30_000)));
                if (world.time().elapsed().compareTo(until) < 0) {
                    request();
                }
            }
        });
    }

    private void request() {
        var object = world.objects().get(random.nextInt(world.objects().size()));
        var id = draw();
        if (random.nextInt(8) == 0) {
            process.sleep(Duration.ofNanos((long) (random.nextDouble() * LONGEST_PAUSE.toNanos())));
        }
        var byPartition = new TreeMap<Integer, List<Write>>();
        int rows = 1 + random.nextInt(3);
        for (int position = 0; position < rows; position++) {
            var write = write(object, new Stamp(id, position));
            int partition = placement.partitionOf(object, write.placementKey(), width);
            byPartition.computeIfAbsent(partition, _ -> new ArrayList<>()).add(write);
        }
        byPartition.forEach(this::produce);
    }

    /** Ids are drawn in order; now and then by a gateway whose clock is behind. */
    private TransactionId draw() {
        long seconds = world.time().now().getEpochSecond();
        return TransactionId.of(random.nextInt(6) == 0 ? seconds - random.nextInt(LATE_SECONDS) : seconds, drawn++);
    }

    private void produce(int partition, List<Write> writes) {
        if (random.nextInt(3) == 0) {
            process.sleep(Duration.ofMillis(random.nextInt(1, 2_000)));
        }
        var records = random.nextBoolean()
                ? Records.plain(world.organization(), writes)
                : Records.packed(world.organization(), writes);
        for (var record : records) {
            int times = random.nextInt(20) == 0 ? 2 : 1;
            for (int time = 0; time < times; time++) {
                boolean counts = world.topic().append(partition, world.organization(), record.writes(), record.bytes());
                world.trace()
                        .add(
                                process.name(),
                                "%s to partition %d, %s"
                                        .formatted(
                                                told(record.writes()),
                                                partition,
                                                counts ? "acknowledged" : "too late"));
            }
        }
    }

    private static String told(List<Write> writes) {
        return writes.stream()
                .map(write ->
                        "%s %s %s %s".formatted(write.kind(), write.object().id(), write.rowId(), write.stamp()))
                .toList()
                .toString();
    }

    private Write write(ObjectRef object, Stamp stamp) {
        String row = "r" + random.nextInt(ROWS);
        int value = values++;
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> full(object, row, Optional.of("t" + random.nextInt(TRACES)), stamp, value);
            case 3 -> full(object, row, Optional.empty(), stamp, value);
            case 4, 5 ->
                new Write(
                        object,
                        row,
                        Optional.empty(),
                        stamp,
                        WriteKind.MERGE,
                        json("{\"id\":\"%s\",\"_is_merge\":true,\"metadata\":{\"k%d\":%d},\"scores\":{\"q\":0.%d}}"
                                .formatted(row, value % 2, value % 3, value % 2)));
            case 6 -> moving(object, row, "t" + random.nextInt(TRACES), stamp, value);
            default ->
                new Write(
                        object,
                        row,
                        Optional.empty(),
                        stamp,
                        WriteKind.DELETE,
                        json("{\"id\":\"%s\",\"_object_delete\":true}".formatted(row)));
        };
    }

    /** A merge that names a trace. */
    private static Write moving(ObjectRef object, String row, String trace, Stamp stamp, int value) {
        return new Write(
                object,
                row,
                Optional.of(trace),
                stamp,
                WriteKind.MERGE,
                json("{\"id\":\"%s\",\"root_span_id\":\"%s\",\"_is_merge\":true,\"output\":{\"a\":\"text %d\"}}"
                        .formatted(row, trace, value)));
    }

    private static Write full(ObjectRef object, String row, Optional<String> trace, Stamp stamp, int value) {
        var named = trace.map("\"root_span_id\":\"%s\","::formatted).orElse("");
        return new Write(
                object,
                row,
                trace,
                stamp,
                WriteKind.FULL,
                json("{\"id\":\"%s\",%s\"input\":\"text %d\",\"metadata\":{\"k0\":%d}}"
                        .formatted(row, named, value, value % 3)));
    }

    private static ByteSlice json(String text) {
        return ByteSlice.ofUtf8(text);
    }
}
