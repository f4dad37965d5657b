package io.spanlake.service.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps the connections of every HTTP server of the process going, and ends those that do not. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class SlowReadersConfiguration {
    @Bean
    NettyServerCustomizer slowReadersAreCutOff(HttpSettings settings, MeterRegistry registry) {
        var cut = Counter.builder("spanlake.http.readers.cut")
                .description("Connections closed because their answer was read too slowly")
                .register(registry);
        return server -> server.doOnChannelInit(
                (observer, channel, address) -> channel.pipeline().addFirst(new SlowReaders(settings, cut::increment)));
    }

    @Bean
    NettyServerCustomizer connectionsReadOn() {
        return server -> server.doOnChannelInit((observer, channel, address) -> ReadsOn.into(channel));
    }
}
