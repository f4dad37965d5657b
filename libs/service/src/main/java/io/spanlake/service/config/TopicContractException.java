package io.spanlake.service.config;

import java.util.List;
import java.util.stream.Collectors;

/** A topic is not what it has to be, so the service does not start. */
public final class TopicContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    private TopicContractException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    private TopicContractException(String message, String action) {
        super(message);
        this.action = action;
    }

    static TopicContractException broken(List<TopicFault> faults) {
        return new TopicContractException(
                faults.stream().map(TopicFault::toString).collect(Collectors.joining("; ")),
                "Change the settings of the topic as named, for instance with kafka-configs.sh --alter, and start again.");
    }

    static TopicContractException missing(String topic) {
        return new TopicContractException(
                "topic %s does not exist".formatted(topic),
                "Create it, or set spanlake.kafka.create-topics=true and start again.");
    }

    static TopicContractException unreachable(KafkaSettings kafka, Throwable cause) {
        return new TopicContractException(
                "Kafka at %s does not answer: %s"
                        .formatted(
                                kafka.bootstrapServers(),
                                rootOf(cause).getClass().getSimpleName()),
                "Check spanlake.kafka.bootstrap-servers, that the brokers run, and spanlake.kafka.client.* for what they ask.",
                cause);
    }

    private static Throwable rootOf(Throwable error) {
        var root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** What to do about it, for a person. */
    public String action() {
        return action;
    }
}
