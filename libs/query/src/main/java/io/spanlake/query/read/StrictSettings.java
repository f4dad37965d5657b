package io.spanlake.query.read;

import java.time.Duration;

/**
 * @param waitMax longest time until the write-ahead log has what was acknowledged; a flush takes a fraction of it
 * @param poll how often the catalog is asked where no event comes; each is one small statement a node
 */
public record StrictSettings(Duration waitMax, Duration poll) {
    public StrictSettings {
        if (!waitMax.isPositive() || !poll.isPositive()) {
            throw new IllegalArgumentException(
                    "waitMax %s, poll %s: both are longer than nothing".formatted(waitMax, poll));
        }
    }
}
