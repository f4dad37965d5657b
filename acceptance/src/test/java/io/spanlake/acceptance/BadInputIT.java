package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with a request is said in a 4xx of its own; nothing of it is stored, and the next good one succeeds. */
class BadInputIT {
    private static final int MIB = 1 << 20;

    private final Standalone standalone = Standalone.shared();
    private final Client client = Client.of(standalone);
    private final String project = client.project("bad-" + UUID.randomUUID());

    @AfterEach
    void theNextGoodRequestSucceedsAndIsAllThereIs() {
        client.postJson("/logs3", rows("\"id\":\"good\",\"input\":\"fine\"")).expectOk();

        assertThat(Rows.byId(client.rows(project))).containsOnlyKeys("good");
    }

    @Test
    void gzipThatIsCutOff() throws IOException {
        var whole = gzip(rows("\"id\":\"cut\",\"input\":\"" + "x".repeat(10_000) + "\""));
        var half = Arrays.copyOf(whole, whole.length / 2);

        client.post("/logs3", "application/json", half, "content-encoding", "gzip")
                .expectProblem(400);
    }

    @Test
    void aBombOfGzip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"rows\":[{\"id\":\"bomb\",\"input\":\"".getBytes(StandardCharsets.UTF_8));
            var mebibyte = "0".repeat(MIB).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 512; i++) {
                gzip.write(mebibyte);
            }
        }
        assertThat(bytes.size()).as("what is sent is small").isLessThan(MIB);

        client.post("/logs3", "application/json", bytes.toByteArray(), "content-encoding", "gzip")
                .expectProblem(413);
    }

    @Test
    void anEncodingThatNobodyKnows() {
        client.post("/logs3", "application/json", new byte[] {1, 2, 3}, "content-encoding", "rot13")
                .expectProblem(415);
    }

    @Test
    void jsonTenThousandDeep() {
        var deep = "[".repeat(10_000) + "]".repeat(10_000);

        var problem = client.postJson("/logs3", rows("\"id\":\"deep\",\"input\":" + deep))
                .expectProblem();

        assertThat(problem.json().text("detail")).containsAnyOf("deep", "depth", "nest", "level");
    }

    @Test
    void aRowOfTwoHundredMegabytes() throws IOException {
        long bytes = 200L * MIB;
        var headers = Map.of("Content-Type", "application/json", "Content-Length", Long.toString(bytes));

        try (var http = RawHttp.post(standalone.url(), "/logs3", Standalone.KEY, headers)) {
            var mebibyte = "x".repeat(MIB).getBytes(StandardCharsets.UTF_8);
            http.send("{\"rows\":[{\"id\":\"big\",\"input\":\"".getBytes(StandardCharsets.UTF_8));
            for (int sent = 0; sent < 200 && http.send(mebibyte); sent++) {
                // Until the server has had enough.
            }

            http.answer().expectProblem(413);
        }
    }

    @Test
    void aRowOfTwentyMegabytesAmongGoodOnesIsNamed() {
        var row = "\"id\":\"twenty\",\"input\":\"" + "x".repeat(20 * MIB) + "\"";

        var problem = client.postJson("/logs3", rows("\"id\":\"first\"", row)).expectProblem(413);

        assertThat(problem.json().text("detail")).contains("twenty", "16");
    }

    @Test
    void bytesThatAreNoUtf8() {
        var body = rows("\"id\":\"utf8\",\"input\":\"?\"").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '?') {
                body[i] = (byte) 0xC0;
            }
        }

        var problem = client.post("/logs3", "application/json", body).expectProblem(400);

        assertThat(problem.json().text("detail")).containsIgnoringCase("utf-8");
    }

    @Test
    void aNumberThatIsNone() {
        client.postJson("/logs3", rows("\"id\":\"nan\",\"scores\":{\"x\":NaN}")).expectProblem(400);
    }

    @Test
    void jsonThatEndsEarly() {
        client.postJson("/logs3", "{\"rows\":[{\"id\":\"a\",\"inp").expectProblem(400);
    }

    @Test
    void aBodyWithoutRows() {
        client.postJson("/logs3", "{\"api_version\":2}").expectProblem(400);
    }

    @Test
    void aRowThatBelongsNowhere() {
        client.postJson("/logs3", "{\"rows\":[{\"id\":\"a\",\"input\":1}],\"api_version\":2}")
                .expectProblem(400);
    }

    @Test
    void aKeyThatIsWrong() {
        new Client(standalone.url(), "wrong")
                .postJson("/logs3", rows("\"id\":\"a\""))
                .expectProblem(401);
    }

    @Test
    void aProjectOfOthers() {
        var body = rows("\"id\":\"a\"").replace(project, UUID.randomUUID().toString());

        client.postJson("/logs3", body).expectProblem(403);
    }

    @Test
    void halfAProtobuf() {
        var request = OtlpProtobuf.of(RawJson.parseObject("""
                {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"a"},"spans":[
                 {"traceId":"6f5ac13f5bba9c979877382840345553","spanId":"9f4b94d951216948","name":"half",
                  "startTimeUnixNano":"1692529178868912883","endTimeUnixNano":"1692531085896964000","attributes":[]}]}]}]}
                """));
        var half = Arrays.copyOf(request.toByteArray(), request.getSerializedSize() / 2);

        client.post("/otel/v1/traces", "application/x-protobuf", half, "x-bt-parent", "project_id:" + project)
                .expectProblem(400);
    }

    @Test
    void aPathThatIsNotServed() {
        client.get("/no/such/place").expectProblem(404);
    }

    private String rows(String... rows) {
        var body = new StringBuilder("{\"rows\":[");
        for (var row : rows) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append("{\"project_id\":\"%s\",\"log_id\":\"g\",".formatted(project))
                    .append(row)
                    .append('}');
        }
        return body.append("],\"api_version\":2}").toString();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
