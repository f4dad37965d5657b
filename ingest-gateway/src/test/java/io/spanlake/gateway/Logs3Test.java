package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.gateway.WritesTopic.Written;
import io.spanlake.model.Placement;
import io.spanlake.model.WriteKind;
import io.spanlake.testkit.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private List<Written> written(String prefix) {
        return gateway.topic().all().stream()
                .filter(one -> one.write().rowId().startsWith(prefix))
                .toList();
    }

    @Test
    void aRowIsInKafkaByteForByteWhenItIsAnswered() {
        var id = UUID.randomUUID().toString();
        var row = gateway.row("\"id\":\"%s\", \"root_span_id\":\"t\",\"x\":[1.0e2, \"\\u0000\\ud800\"]".formatted(id));

        var answer = gateway.logs3("{\"rows\":[" + row + "],\"api_version\":2}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.ids()).containsExactly(id);
        assertThat(written(id)).singleElement().satisfies(one -> {
            assertThat(one.json()).isEqualTo(row);
            assertThat(one.organization()).isEqualTo(gateway.organization());
            assertThat(one.write().kind()).isEqualTo(WriteKind.FULL);
            assertThat(one.write().traceId()).contains("t");
            assertThat(one.write().object().toString()).isEqualTo("project_logs:" + gateway.project());
            assertThat(one.write().stamp().transaction()).isEqualTo(answer.transaction());
            assertThat(one.write().stamp().position()).isZero();
            // Other tests bring so much that the object is widened meanwhile.
            var placement = new Placement(GatewayProcess.PARTITIONS);
            assertThat(Stream.of(1, 2, 4)
                            .map(width -> placement.partitionOf(one.write().object(), "t", width)))
                    .contains(one.partition());
        });
    }

    @Test
    void aCommentIsAWriteOfTheRowThatItIsAbout() {
        var origin = "origin-" + UUID.randomUUID();
        var row = gateway.row(
                "\"id\":\"c1\",\"origin\":{\"id\":\"%s\"},\"comment\":{\"text\":\"good\"}".formatted(origin));

        var answer = gateway.logs3("{\"rows\":[" + row + "]}");

        assertThat(answer.ids()).containsExactly("c1");
        assertThat(written(origin)).singleElement().satisfies(one -> {
            assertThat(one.write().kind()).isEqualTo(WriteKind.COMMENT);
            assertThat(one.json()).isEqualTo(row);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd", "identity"})
    void aBodyMayBeCompressed(String encoding) throws IOException {
        var id = encoding + UUID.randomUUID();
        var row = gateway.row("\"id\":\"%s\",\"input\":\"%s\"".formatted(id, "long text ".repeat(20_000)));
        var body = compressed("{\"rows\":[" + row + "]}", encoding);

        var answer = gateway.logs3(body, encoding);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(written(id)).singleElement().extracting(Written::json).isEqualTo(row);
    }

    static byte[] compressed(String text, String encoding) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        try (OutputStream into = switch (encoding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out);
            default -> out;
        }) {
            into.write(encoding.equals("zstd") ? Zstd.compress(bytes) : bytes);
        }
        return out.toByteArray();
    }

    @Test
    void aBodyOfUnknownLengthIsTakenToo() {
        var id = "chunked-" + UUID.randomUUID();
        var body = ("{\"rows\":[" + gateway.row("\"id\":\"%s\",\"x\":\"%s\"".formatted(id, "y".repeat(3_000_000)))
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);

        var answer = gateway.send(gateway.request("/logs3")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(written(id)).hasSize(1);
    }

    @Test
    void rowsWithoutAnIdGetTheSameOnesWhenANamedRequestIsSentAgain() {
        var body = "{\"rows\":[" + gateway.row("\"input\":1") + "," + gateway.row("\"id\":null,\"input\":2") + "]}";
        var request = gateway.request("/logs3")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))
                .build();

        var first = gateway.send(request);
        var again = gateway.send(request);
        var unnamed = gateway.logs3(body);

        assertThat(first.ids()).hasSize(2).doesNotHaveDuplicates().isEqualTo(again.ids());
        assertThat(unnamed.ids()).doesNotContainAnyElementsOf(first.ids());
        assertThat(again.transaction()).isGreaterThan(first.transaction());
        assertThat(written(first.ids().getFirst()))
                .allSatisfy(one -> assertThat(one.json())
                        .endsWith(",\"id\":\"%s\"}".formatted(first.ids().getFirst())));
    }

    @Test
    void aRequestOfMoreRowsThanATransactionCountsTakesSeveralAndAnswersTheLargest() {
        var prefix = "many-" + UUID.randomUUID() + "-";
        int count = 70_000;
        var rows = IntStream.range(0, count)
                .mapToObj(row -> gateway.row("\"id\":\"%s%d\"".formatted(prefix, row)))
                .collect(Collectors.joining(",", "{\"rows\":[", "]}"));

        var answer = gateway.logs3(rows);

        assertThat(answer.status()).as(() -> answer.body().substring(0, 300)).isEqualTo(200);
        assertThat(answer.ids()).hasSize(count);
        var written = written(prefix);
        assertThat(written).hasSize(count);
        assertThat(new HashSet<>(
                        written.stream().map(one -> one.write().stamp()).toList()))
                .hasSize(count);
        assertThat(written.stream()
                        .map(one -> one.write().stamp().transaction())
                        .distinct())
                .hasSize(2)
                .contains(answer.transaction())
                .allSatisfy(transaction -> assertThat(transaction).isLessThanOrEqualTo(answer.transaction()));
        assertThat(written).allSatisfy(one -> assertThat(one.recordBytes()).isLessThanOrEqualTo(1 << 20));
    }

    @Test
    void aRowOfSixteenMebibytesTravelsAlone() {
        var big = "big-" + UUID.randomUUID();
        var head = gateway.row("\"id\":\"%s\",\"x\":\"\"".formatted(big)).length();
        var row = gateway.row("\"id\":\"%s\",\"x\":\"%s\"".formatted(big, "z".repeat((16 << 20) - head)));
        assertThat(row).hasSize(16 << 20);
        var small = "small-" + big;

        var answer = gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"%s\"".formatted(small)) + "," + row + "]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(written(big)).singleElement().satisfies(one -> {
            assertThat(one.recordBytes()).isBetween(16 << 20, (16 << 20) + 500);
            assertThat(one.json()).isEqualTo(row);
        });
        assertThat(written(small))
                .singleElement()
                .satisfies(one -> assertThat(one.recordBytes()).isLessThan(500));
    }

    @Test
    void noRowsAreNoError() {
        assertThat(gateway.logs3("{\"rows\":[]}").ids()).isEmpty();
    }

    @Test
    void sdksAreToldHowMuchToSend() {
        var version = gateway.get("/version");

        assertThat(version.json().get("logs3_payload_max_bytes").asLong()).isEqualTo(40 << 20);
        assertThat(gateway.get("/ping").status()).isEqualTo(200);
    }

    @Test
    void aFreshTransactionIsLargerThanTheLast() {
        var before = gateway.get("/xact-id").transaction();

        assertThat(gateway.get("/xact-id").transaction()).isGreaterThan(before);
    }
}
