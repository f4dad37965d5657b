package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.replay.Request;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.wal.BlockPacker;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WritesRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the broker takes when nothing stands before it: the rows of the same requests, made beforehand, into a topic with
 * the settings of {@code writes}; {@code acks=all}, idempotent; compressed by the producer, or beforehand where they are
 * packed.
 */
final class BareProducer implements AutoCloseable {
    private static final OrganizationId ORGANIZATION = OrganizationId.parse("6f1a7c52-0d1e-4b2a-9c11-2f6d4f3a9b10");
    private static final TransactionId TRANSACTION = TransactionId.of(1_790_000_000L, 1);
    private static final int SENDERS = 2;
    private static final int BLOCK_BYTES = 512 << 10;

    /** What a record holds. */
    enum Shape {
        /** One row, as a program sends it that has Kafka and nothing else. */
        ROW,
        /** Blocks of rows, packed beforehand as the gateway packs them under load. */
        ENVELOPE
    }

    /** @param rowBytes of the rows in it: what throughput counts */
    private record Prepared(int partition, ByteSlice envelope, long rowBytes) {}

    private final Admin admin;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Prepared> records = new ArrayList<>();

    /** @param connection how a client reaches the broker */
    BareProducer(
            Map<String, Object> connection, String likeTopic, String projectId, List<Request> requests, Shape shape) {
        admin = Admin.create(connection);
        topic = likeTopic + "-bare-" + System.nanoTime();
        var described = await(admin.describeTopics(List.of(likeTopic)).allTopicNames());
        int partitions =
                Objects.requireNonNull(described.get(likeTopic)).partitions().size();
        createLike(likeTopic, partitions);
        var object = new ObjectRef(ObjectType.PROJECT_LOGS, projectId);
        var placement = new Placement(partitions);
        for (var request : requests) {
            if (!request.claim(0, 0)) {
                throw new IllegalStateException("a request that is under way");
            }
        }
        switch (shape) {
            case ROW -> requests.forEach(request -> prepareRows(request, object, placement));
            case ENVELOPE -> prepareEnvelopes(requests, object, placement);
        }
        requests.forEach(Request::release);
        producer =
                new KafkaProducer<>(settings(connection, shape), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Millions of bytes of rows a second, all acknowledged. */
    double run(Duration duration) {
        var acknowledged = new LongAdder();
        var next = new AtomicInteger();
        long start = System.nanoTime();
        IntStream.range(0, SENDERS)
                .mapToObj(i -> Thread.ofPlatform()
                        .name("bare-" + i)
                        .start(() -> send(start + duration.toNanos(), next, acknowledged)))
                .toList()
                .forEach(BareProducer::join);
        producer.flush();
        return acknowledged.sum() * 1e3 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        producer.close();
        admin.deleteTopics(List.of(topic));
        admin.close();
    }

    private void send(long end, AtomicInteger next, LongAdder acknowledged) {
        while (System.nanoTime() < end) {
            var record = records.get(Math.floorMod(next.getAndIncrement(), records.size()));
            Future<?> unused = producer.send(
                    new ProducerRecord<>(
                            topic, record.partition(), null, record.envelope().array()),
                    (metadata, failed) -> acknowledged.add(failed == null ? record.rowBytes() : 0));
        }
    }

    private void prepareRows(Request request, ObjectRef object, Placement placement) {
        for (int i = 0; i < request.rows().size(); i++) {
            var write = write(request, i, object);
            int partition = placement.partitionOf(object, write.placementKey(), placement.partitions());
            var json = ByteSlice.of(write.json().toArray());
            records.add(new Prepared(partition, json, json.length()));
        }
    }

    private void prepareEnvelopes(List<Request> requests, ObjectRef object, Placement placement) {
        var open = new HashMap<Integer, Filling>();
        try (var packer = new BlockPacker(new WalEncoding(BLOCK_BYTES, 1))) {
            for (var request : requests) {
                for (int i = 0; i < request.rows().size(); i++) {
                    var write = write(request, i, object);
                    int partition = placement.partitionOf(object, write.placementKey(), placement.partitions());
                    open.computeIfAbsent(partition, Filling::new).add(write, packer);
                }
            }
            open.values().forEach(filling -> filling.close(packer));
        }
    }

    /** Fills records of one partition as a gateway under load does: rows of many requests in one. */
    private final class Filling {
        private final int partition;
        private final List<Write> writes = new ArrayList<>();
        private long rowBytes;

        Filling(int partition) {
            this.partition = partition;
        }

        void add(Write write, BlockPacker packer) {
            if (rowBytes + write.json().length() > BLOCK_BYTES) {
                close(packer);
            }
            writes.add(write);
            rowBytes += write.json().length();
        }

        void close(BlockPacker packer) {
            for (var block : packer.pack(writes)) {
                byte[] record = new WritesRecord.Packed(ORGANIZATION, block).toRecord();
                records.add(new Prepared(partition, ByteSlice.of(record), block.uncompressedBytes()));
            }
            writes.clear();
            rowBytes = 0;
        }
    }

    private static Write write(Request request, int index, ObjectRef object) {
        ByteSlice json = request.rows().get(index);
        return new Write(
                object,
                request.rowId(index),
                Optional.of(request.traceId(index)),
                new Stamp(TRANSACTION, index),
                WriteKind.FULL,
                json);
    }

    private void createLike(String likeTopic, int partitions) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, likeTopic);
        var settings = new HashMap<String, String>();
        var described = await(admin.describeConfigs(List.of(resource)).all());
        Objects.requireNonNull(described.get(resource)).entries().stream()
                .filter(entry -> !entry.isDefault() && entry.value() != null)
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        settings.keySet().removeIf(name -> name.contains("throttled.replicas"));
        settings.putIfAbsent(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(21 << 20));
        await(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                .all());
    }

    private static Map<String, Object> settings(Map<String, Object> connection, Shape shape) {
        var settings = new HashMap<String, Object>(connection);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("compression.type", shape == Shape.ROW ? "zstd" : "none");
        settings.put("compression.zstd.level", 1);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 1 << 20);
        settings.put("buffer.memory", 64L << 20);
        settings.put("max.request.size", 21 << 20);
        return settings;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka worked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused: " + e.getCause(), e.getCause());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
