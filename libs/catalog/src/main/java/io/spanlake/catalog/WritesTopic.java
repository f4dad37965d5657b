package io.spanlake.catalog;

import java.util.UUID;

/**
 * The topic {@code writes}, as Kafka has it.
 *
 * @param id         one that is made anew under the same name has another
 * @param partitions how many it has: all of them have to be read before anything is closed
 */
public record WritesTopic(UUID id, int partitions) {
    public WritesTopic {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic of %d partitions".formatted(partitions));
        }
    }
}
