package io.spanlake.service.config;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.server.HttpServer;

/** How bodies come. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    /** What one read of a socket brings at most; the usual 8 KiB makes eight signals of it. */
    private static final int PIECE_BYTES = 64 * 1024;

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> bodiesInLargePieces() {
        return server -> server.addServerCustomizers(HttpConfiguration::inLargePieces);
    }

    @SuppressWarnings("deprecation") // of no effect in a Netty that does not exist yet
    private static HttpServer inLargePieces(HttpServer server) {
        return server.httpRequestDecoder(decoder -> decoder.maxChunkSize(PIECE_BYTES));
    }
}
