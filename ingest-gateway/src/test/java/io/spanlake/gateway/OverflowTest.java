package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.gateway.WritesTopic.Written;
import io.spanlake.testkit.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverflowTest {
    private GatewayProcess gateway;

    @BeforeAll
    void start() {
        gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private Answer ask(long bytes) {
        var asked = "{\"content_type\":\"application/json\",\"size_bytes\":%d,\"rows\":[]}".formatted(bytes);
        return gateway.send(gateway.request("/logs3/overflow")
                .POST(BodyPublishers.ofString(asked))
                .build());
    }

    private Answer put(JsonNode leave, String body) {
        return gateway.send(
                HttpRequest.newBuilder(URI.create(leave.get("signedUrl").asString()))
                        .PUT(BodyPublishers.ofString(body))
                        .build());
    }

    private Answer write(String key) {
        return gateway.logs3(
                "{\"rows\":{\"type\":\"logs3_overflow\",\"key\":\"%s\"},\"api_version\":2}".formatted(key));
    }

    @Test
    void aBodyAboveAllLimitsOfOneRequestIsUploadedAndWrittenRowByRow() {
        var prefix = "up-" + UUID.randomUUID() + "-";
        var text = "some words ".repeat(30_000);
        int count = 300;
        var body = IntStream.range(0, count)
                .mapToObj(row -> gateway.row("\"id\":\"%s%d\",\"x\":\"%s\"".formatted(prefix, row, text)))
                .collect(Collectors.joining(" , ", "{\"rows\": [", "]}"));
        assertThat(body.length()).isGreaterThan(64 << 20);

        var leave = ask(body.length()).json();
        assertThat(leave.get("method").asString()).isEqualTo("PUT");
        assertThat(put(leave, body).status()).isEqualTo(200);
        var answer = write(leave.get("key").asString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.ids()).hasSize(count).startsWith(prefix + "0").endsWith(prefix + (count - 1));
        var written = gateway.topic().all().stream()
                .filter(one -> one.write().rowId().startsWith(prefix))
                .toList();
        assertThat(written).hasSize(count);
        assertThat(written)
                .extracting(Written::json)
                .allSatisfy(json -> assertThat(json).startsWith("{\"id\":\"up-").endsWith("\"log_id\":\"g\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "[]",
                "\"x\"",
                "{}",
                "{\"size_bytes\":\"7\"}",
                "{\"size_bytes\":-1}",
                "{\"size_bytes\":1e30}",
                "{"
            })
    void whatIsNoQuestionAboutAnUploadIsRefused(String asked) {
        var answer = gateway.send(gateway.request("/logs3/overflow")
                .POST(BodyPublishers.ofString(asked))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void allRowsAreValidatedBeforeTheFirstIsWritten() {
        var id = "never-" + UUID.randomUUID();
        var leave = ask(100).json();
        put(leave, "{\"rows\":[" + gateway.row("\"id\":\"%s\"".formatted(id)) + ",{\"id\":\"lost\"}]}");

        var answer = write(leave.get("key").asString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("row 1 (id lost)");
        assertThat(gateway.topic().all()).noneMatch(one -> one.write().rowId().equals(id));
    }

    @Test
    void theSameUploadTwiceIsNoError() {
        var leave = ask(100).json();
        put(leave, "{\"rows\":[]}");

        assertThat(put(leave, "{\"rows\":[]}").status()).isEqualTo(200);
        assertThat(write(leave.get("key").asString()).status()).isEqualTo(200);
    }

    @Test
    void theKeyLiesUnderTheOrganization() {
        assertThat(ask(1).json().get("key").asString()).startsWith("orgs/" + gateway.organization() + "/overflow/");
    }

    @Test
    void nothingIsFoundUnderKeysOfOthersOrKeysThatNobodyGave() {
        var foreign = "orgs/" + UUID.randomUUID() + "/overflow/2026/01/01/" + UUID.randomUUID();
        var unknown = "orgs/" + gateway.organization() + "/overflow/2026/01/01/" + UUID.randomUUID();
        var wal = "orgs/" + gateway.organization() + "/overflow/../wal/x";

        assertThat(write(foreign).status()).isEqualTo(404);
        assertThat(write(unknown).status()).isEqualTo(404);
        assertThat(write(wal).status()).isEqualTo(404);
    }

    @Test
    void aUrlThatWeDidNotSignIsRefused() {
        var url = ask(1).json().get("signedUrl").asString();
        var forged = url.substring(0, url.length() - 3) + "AAA";

        var answer = gateway.send(HttpRequest.newBuilder(URI.create(forged))
                .PUT(BodyPublishers.ofString("{}"))
                .build());

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void whatIsTooLargeIsRefusedWhenItIsAskedFor() {
        var answer = ask(300L << 20);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("the limit is 268435456");
    }
}
