package io.spanlake.service.config;

import java.util.Map;

/**
 * What a topic is, as the broker says.
 *
 * @param replication fewest replicas of any of its partitions
 * @param settings    every setting of the topic in effect, by its Kafka name
 */
record TopicFacts(String name, int partitions, int replication, Map<String, String> settings) {
    TopicFacts {
        settings = Map.copyOf(settings);
    }
}
