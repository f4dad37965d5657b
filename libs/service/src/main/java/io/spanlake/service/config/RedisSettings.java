package io.spanlake.service.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is. Nothing is lost without it.
 *
 * @param url            {@code redis://[user:password@]host[:port][/database]} or {@code rediss://…}; never printed whole
 * @param connectTimeout longest time to wait for a connection
 * @param commandTimeout longest time to wait for an answer; a request of a client may wait that long once, when Redis
 *                       goes away
 */
@ConfigurationProperties("spanlake.redis")
public record RedisSettings(
        @DefaultValue("redis://127.0.0.1:6379") String url,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("250ms") Duration commandTimeout) {
    public RedisSettings {
        var scheme = url.contains(":") ? url.substring(0, url.indexOf(':')) : "";
        if (!scheme.startsWith("redis")) {
            throw new IllegalArgumentException("spanlake.redis.url begins with redis:// or rediss://, not " + scheme);
        }
        positive("connect-timeout", connectTimeout);
        positive("command-timeout", commandTimeout);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("spanlake.redis.%s has to be above 0, not %s".formatted(name, value));
        }
    }

    /** Host and port only. */
    @Override
    public String toString() {
        return "RedisSettings[%s, connectTimeout=%s, commandTimeout=%s]"
                .formatted(address(), connectTimeout, commandTimeout);
    }

    private @Nullable String address() {
        try {
            var uri = URI.create(url);
            return uri.getHost() + ":" + uri.getPort();
        } catch (IllegalArgumentException unreadable) {
            return "unreadable";
        }
    }
}
