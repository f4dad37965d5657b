package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.testkit.redis.RedisServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** A page in a browser may call only where its origin is set. */
class CorsTest {
    private static final String ORIGIN = "https://app.example";

    private static Answer preflight(GatewayProcess gateway) {
        return gateway.send(
                HttpRequest.newBuilder(gateway.request("/logs3").build().uri())
                        .header("Origin", ORIGIN)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build());
    }

    @Test
    void byDefaultNoneMay() {
        try (var gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url()))) {
            assertThat(preflight(gateway).allowedOrigin()).isEmpty();
        }
    }

    @Test
    void anOriginThatIsSetMay() {
        try (var gateway = GatewayProcess.start(
                Setup.with(RedisServer.shared().url()).and("spanlake.gateway.cors-origins", ORIGIN))) {
            var answer = preflight(gateway);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.allowedOrigin()).contains(ORIGIN);
        }
    }
}
