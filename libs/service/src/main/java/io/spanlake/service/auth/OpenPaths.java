package io.spanlake.service.auth;

import java.util.List;

/**
 * Paths that a service serves without a key. A service that has some publishes them as a bean.
 *
 * @param patterns Spring path patterns, {@code /logs3/overflow/upload/**}
 */
public record OpenPaths(List<String> patterns) {
    public OpenPaths {
        patterns = List.copyOf(patterns);
    }

    public static OpenPaths of(String... patterns) {
        return new OpenPaths(List.of(patterns));
    }
}
