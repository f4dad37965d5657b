package io.spanlake.standalone.serve;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where each partition of topic {@code writes} begins and ends in the broker. Asked by a person now and then, so that a
 * client is made for each question and none stands idle.
 */
final class LogEdges {
    private final Supplier<Admin> admins;
    private final String topic;

    LogEdges(Supplier<Admin> admins, String topic) {
        this.admins = admins;
        this.topic = topic;
    }

    /** @param next offset of the record that will be appended next */
    record Edges(long first, long next) {}

    Mono<Map<Integer, Edges>> of(Collection<Integer> partitions) {
        return Mono.fromCallable(() -> ask(partitions)).subscribeOn(Schedulers.boundedElastic());
    }

    /** Of all partitions; empty where the broker has no such topic. Blocks. */
    Map<Integer, Edges> all() throws ExecutionException, InterruptedException {
        try (var admin = admins.get()) {
            if (!admin.listTopics().names().get().contains(topic)) {
                return Map.of();
            }
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
            var partitions = Objects.requireNonNull(described.get(topic)).partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .toList();
            return ask(partitions);
        }
    }

    private Map<Integer, Edges> ask(Collection<Integer> partitions) throws ExecutionException, InterruptedException {
        try (var admin = admins.get()) {
            var first = offsets(admin, partitions, OffsetSpec.earliest());
            var next = offsets(admin, partitions, OffsetSpec.latest());
            var edges = new TreeMap<Integer, Edges>();
            first.forEach(
                    (partition, begin) -> edges.put(partition, new Edges(begin, next.getOrDefault(partition, begin))));
            return edges;
        }
    }

    private Map<Integer, Long> offsets(Admin admin, Collection<Integer> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        var asked = partitions.stream()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), _ -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                admin.listOffsets(asked).all().get();
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        answer -> answer.getKey().partition(),
                        answer -> answer.getValue().offset()));
    }
}
