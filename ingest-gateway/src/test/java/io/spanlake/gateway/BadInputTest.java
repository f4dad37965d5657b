package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.testkit.redis.RedisServer;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever is wrong with a request, the answer says so, and the next good one is taken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private GatewayProcess gateway;

    @BeforeAll
    void start() {
        gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @AfterEach
    void theNextGoodRequestSucceeds() {
        assertThat(gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"good\"") + "]}")
                        .status())
                .isEqualTo(200);
    }

    private void refused(Answer answer, int status, String problem, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType())
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.detail()).contains(detail);
        assertThat(answer.json().get("Message").asString()).isEqualTo(answer.detail());
        assertThat(answer.body()).doesNotContain("Exception", "io.spanlake");
    }

    private String body(String fields) {
        return "{\"rows\":[" + gateway.row(fields) + "]}";
    }

    @Test
    void gzipThatIsCutOff() throws Exception {
        var whole = Logs3Test.compressed(body("\"id\":\"a\",\"x\":\"" + "lorem ipsum ".repeat(99) + "\""), "gzip");

        var answer = gateway.logs3(Arrays.copyOf(whole, whole.length - 20), "gzip");

        refused(answer, 400, "bad-compression", "gzip");
    }

    @Test
    void zstdThatIsCutOff() throws Exception {
        var whole = Logs3Test.compressed(body("\"id\":\"a\",\"x\":\"" + "lorem ipsum ".repeat(99) + "\""), "zstd");

        refused(gateway.logs3(Arrays.copyOf(whole, whole.length - 9), "zstd"), 400, "bad-compression", "zstd");
    }

    @Test
    void whatIsNotCompressedAtAll() {
        refused(
                gateway.logs3("{\"rows\":[]}".getBytes(StandardCharsets.UTF_8), "gzip"),
                400,
                "bad-compression",
                "gzip");
    }

    @Test
    void aBombOfZeros() throws Exception {
        var bomb = Logs3Test.compressed("{\"rows\":[{\"x\":\"" + "0".repeat(50_000_000), "gzip");

        refused(gateway.logs3(bomb, "gzip"), 413, "inflates-too-far", "more than 400 times");
    }

    @Test
    void aBombThatInflatesBeyondTheBody() {
        // Zeros and noise, so that the ratio stays below its limit.
        var bytes = new byte[80_000_000];
        var random = new Random(7);
        for (int i = 0; i < bytes.length; i += 100) {
            bytes[i] = (byte) random.nextInt();
        }

        refused(gateway.logs3(Zstd.compress(bytes), "zstd"), 413, "too-large", "the limit is 67108864");
    }

    @Test
    void anEncodingThatIsNotKnown() {
        refused(gateway.logs3(new byte[10], "br"), 415, "unknown-encoding", "br is not known");
    }

    @Test
    void tenThousandLevels() {
        refused(
                gateway.logs3(body("\"id\":\"deep\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000))),
                400,
                "too-deep",
                "row 0 (id deep) at byte 525 is nested deeper than the limit of 500");
    }

    @Test
    void aRowOfTwoHundredMegabytes() {
        int bytes = 200_000_000;

        var answer = gateway.send(gateway.request("/logs3")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Zeros(bytes)), bytes))
                .build());

        refused(answer, 413, "too-large", "the body has 200000000 bytes, the limit is 67108864");
    }

    @Test
    void aRowOfTwentyMegabytes() {
        var answer = gateway.logs3(body("\"id\":\"fat\",\"x\":\"" + "y".repeat(20_000_000) + "\""));

        refused(answer, 413, "row-too-large", "row 0 (id fat)");
        assertThat(answer.detail()).contains("the limit is 16777216");
    }

    @Test
    void bytesThatAreNotUtf8() {
        var bytes = body("\"id\":\"a\",\"x\":\"z\"").getBytes(StandardCharsets.UTF_8);
        bytes[28] = (byte) 0xC3;

        refused(gateway.logs3(bytes, "identity"), 400, "not-utf8", "row 0 (id a) at byte 28");
    }

    @Test
    void numbersThatAreNone() {
        refused(gateway.logs3(body("\"id\":\"a\",\"x\":NaN")), 400, "not-json", "row 0 (id a) at byte 23");
    }

    @Test
    void aProjectOfAnotherOrganization() {
        var row = "{\"id\":\"a\",\"project_id\":\"%s\",\"log_id\":\"g\"}".formatted(gateway.foreignProject());

        var answer = gateway.logs3("{\"rows\":[" + row + "]}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail()).contains(gateway.foreignProject());
        assertThat(gateway.topic().all()).noneMatch(one -> one.json().equals(row));
    }

    @Test
    void anObjectThatNobodyKnows() {
        assertThat(gateway.logs3("{\"rows\":[{\"id\":\"a\",\"experiment_id\":\"nobodys\"}]}")
                        .status())
                .isIn(403, 404);
    }

    @Test
    void aKeyThatNobodyHas() {
        var answer = gateway.send(java.net.http.HttpRequest.newBuilder(
                        gateway.request("/logs3").build().uri())
                .header("Authorization", "Bearer sk-nobody")
                .POST(BodyPublishers.ofString("{}"))
                .build());

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void oneBadRowAmongGoodOnesWritesNone() {
        var answer = gateway.logs3("{\"rows\":[" + gateway.row("\"id\":\"fine\"") + ",{\"id\":\"lost\"}]}");

        refused(answer, 400, "bad-request", "row 1 (id lost)");
        assertThat(gateway.topic().all()).noneMatch(one -> one.write().rowId().equals("fine"));
    }

    /** A body that nobody has to hold. */
    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            int read = Math.min(left, length);
            left -= read;
            return read == 0 ? -1 : read;
        }
    }
}
