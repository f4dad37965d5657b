package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.model.WriteKind;
import io.spanlake.testkit.redis.RedisServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Logs3Test {
    private GatewayProcess gateway;

    @BeforeAll
    void start() {
        gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aRowIsInKafkaByteForByteWhenItIsAnswered() {
        var id = UUID.randomUUID().toString();
        var row = gateway.row("\"id\":\"%s\", \"root_span_id\":\"t\",\"x\":[1.0e2, \"\\u0000\\ud800\"]".formatted(id));

        var answer = gateway.logs3("{\"rows\":[" + row + "],\"api_version\":2}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.ids()).containsExactly(id);
        var written = gateway.topic().all().stream()
                .filter(one -> one.write().rowId().equals(id))
                .toList();
        assertThat(written).singleElement().satisfies(one -> {
            assertThat(one.json()).isEqualTo(row);
            assertThat(one.organization()).isEqualTo(gateway.organization());
            assertThat(one.write().kind()).isEqualTo(WriteKind.FULL);
            assertThat(one.write().traceId()).contains("t");
            assertThat(one.write().object().toString()).isEqualTo("project_logs:" + gateway.project());
            assertThat(one.write().stamp().transaction()).isEqualTo(answer.transaction());
            assertThat(one.write().stamp().position()).isZero();
        });
    }
}
