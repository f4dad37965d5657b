package io.spanlake.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.service.http.BeforeRequests;
import io.spanlake.standalone.embed.Ports;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;

class BeforeRequestsTest {
    private static final int PORT = Ports.free();

    /** Who waits for the port and comes with the first key is told that nobody knows it, where the port is open before. */
    @Test
    void thePortIsClosedUntilTheStepIsDone() {
        var open = new ArrayList<Boolean>();
        var application = new SpringApplication(Server.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.addInitializers(context -> context.getBeanFactory()
                .registerSingleton("beforeRequests", new BeforeRequests(() -> open.add(isOpen()))));
        try (var _ = application.run()) {
            open.add(isOpen());
        }

        assertThat(open).containsExactly(false, true);
    }

    private static boolean isOpen() {
        return !Ports.isFree(Ports.LOCALHOST, PORT);
    }

    @Configuration(proxyBeanMethods = false)
    static class Server {
        @Bean
        NettyReactiveWebServerFactory webServer() {
            return new NettyReactiveWebServerFactory(PORT);
        }

        @Bean
        HttpHandler handler() {
            return (_, response) -> response.setComplete();
        }
    }
}
