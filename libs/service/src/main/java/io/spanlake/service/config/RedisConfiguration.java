package io.spanlake.service.config;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A client of Redis that is not connected yet: a service starts and works while Redis is away. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSettings.class)
public class RedisConfiguration {
    /** The timer turns as long as the process lives, also where nothing is timed; Lettuce's own does so ten times a second. */
    private static final long TICK_MS = 500;

    @Bean(destroyMethod = "stop")
    Timer redisTimer() {
        return new HashedWheelTimer(new DefaultThreadFactory("lettuce-timer", true), TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Bean(destroyMethod = "shutdown")
    ClientResources redisResources(Timer redisTimer) {
        return ClientResources.builder().timer(redisTimer).build();
    }

    @Bean(destroyMethod = "shutdown")
    RedisClient redisClient(ClientResources redisResources, RedisSettings settings) {
        var uri = RedisURI.create(settings.url());
        uri.setTimeout(settings.commandTimeout());
        var client = RedisClient.create(redisResources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                // While it is away commands fail at once: they must not pile up, and nobody waits for them.
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .build())
                .build());
        return client;
    }
}
