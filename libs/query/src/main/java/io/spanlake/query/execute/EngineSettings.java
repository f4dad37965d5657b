package io.spanlake.query.execute;

import java.time.Duration;

/**
 * What one query may take.
 *
 * @param memoryBytes heap for sorts, groups and traces
 * @param time        from its start to its last row
 */
public record EngineSettings(long memoryBytes, Duration time) {
    public static final EngineSettings DEFAULT = new EngineSettings(256L << 20, Duration.ofSeconds(30));
}
