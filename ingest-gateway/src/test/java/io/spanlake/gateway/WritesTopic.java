package io.spanlake.gateway;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.WritesRecord;
import io.spanlake.testkit.kafka.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic that one test writes to, as a reader behind the gateway sees it. */
record WritesTopic(KafkaBroker broker, String name, String walEvents, int partitions) {
    static WritesTopic create(KafkaBroker broker, int partitions) {
        return new WritesTopic(
                broker,
                broker.createTopic("writes", partitions),
                broker.createTopic("wal-events", partitions),
                partitions);
    }

    /** @param recordBytes of all rows of its record, before compression */
    record Written(int partition, int recordBytes, long appendTimeMs, OrganizationId organization, Write write) {
        String json() {
            return write.json().toUtf8();
        }
    }

    /** All writes that are there now, partition by partition. */
    List<Written> all() {
        var config = Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.partition.fetch.bytes",
                32 << 20,
                "fetch.max.bytes",
                64 << 20);
        var all = new ArrayList<Written>();
        var deserializer = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(config, deserializer, deserializer)) {
            var partitionList = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(name, partition))
                    .toList();
            consumer.assign(partitionList);
            consumer.seekToBeginning(partitionList);
            var ends = consumer.endOffsets(partitionList);
            while (partitionList.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    var envelope = WritesRecord.read(ByteSlice.of(record.value()));
                    for (var write : envelope.writes()) {
                        all.add(new Written(
                                record.partition(),
                                WritesRecord.rowBytes(ByteSlice.of(record.value())),
                                record.timestamp(),
                                envelope.organization(),
                                write));
                    }
                });
            }
        }
        return all;
    }
}
