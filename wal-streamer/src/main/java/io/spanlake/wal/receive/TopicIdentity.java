package io.spanlake.wal.receive;

import io.spanlake.catalog.WritesTopic;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import reactor.core.publisher.Mono;

/** Which topic a name stands for: one that is made anew under the same name has another id. */
public final class TopicIdentity {
    private TopicIdentity() {}

    /** Asks the brokers each time it is subscribed; never blocks. */
    public static Mono<WritesTopic> of(Admin admin, String topic) {
        return Mono.fromCompletionStage(() -> Objects.requireNonNull(admin.describeTopics(List.of(topic))
                                .topicNameValues()
                                .get(topic))
                        .toCompletionStage())
                .map(TopicIdentity::id);
    }

    private static WritesTopic id(TopicDescription topic) {
        var id = topic.topicId();
        return new WritesTopic(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                topic.partitions().size());
    }
}
