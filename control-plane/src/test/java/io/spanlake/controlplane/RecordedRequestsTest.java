package io.spanlake.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** The requests that an unmodified SDK sends, in its order, with this catalog's ids in place of the recorded ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedRequestsTest {
    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Recorded> SESSION = List.of(
            new Recorded("POST", "/api/apikey/login", ""),
            new Recorded("POST", "/api/project/register", """
                    {"project_name":"demo","org_id":"baf11e07-365c-428c-8c5e-1fb679abf08f"}"""),
            new Recorded("POST", "/api/dataset/register", """
                    {"org_id":"baf11e07-365c-428c-8c5e-1fb679abf08f","project_name":"demo","dataset_name":"ds"}"""),
            new Recorded("POST", "/api/experiment/register", """
                    {"project_name":"demo","org_id":"baf11e07-365c-428c-8c5e-1fb679abf08f",\
                    "experiment_name":"exp-1","ancestor_commits":[]}"""),
            new Recorded("POST", "/api/base_experiment/get_id", """
                    {"id":"04e8728d-cd32-497b-88ee-d1aafc890756"}"""),
            new Recorded("POST", "/api/experiment/register", """
                    {"project_name":"demo","org_id":"baf11e07-365c-428c-8c5e-1fb679abf08f","ancestor_commits":[]}"""),
            new Recorded("POST", "/api/project/register", """
                    {"project_name":"demo2","org_id":"e9221b49-a038-47f3-a028-ff52c9e0d692"}"""));

    RunningControlPlane plane;

    private record Recorded(String method, String path, String body) {
        boolean isOfTheControlPlane() {
            return path.startsWith("/api/");
        }
    }

    @BeforeAll
    void start() {
        plane = new RunningControlPlane();
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @Test
    void aSessionOfTheSdkGetsWhatItReads() {
        assertThat(replay(SESSION)).isEqualTo(SESSION.size());
    }

    @Test
    void theWholeRecordingGetsWhatItReads() throws IOException {
        var folder = Optional.ofNullable(System.getenv("SPANLAKE_FIXTURES"))
                .map(Path::of)
                .orElse(Path.of("..", "..", "shared", "fixtures"));
        var recording = folder.resolve("braintrust-js-sdk-3.35.0.jsonl");
        assumeTrue(Files.exists(recording), "skipped: no recording at " + recording.toAbsolutePath());

        var requests = new ArrayList<Recorded>();
        for (String line : Files.readAllLines(recording)) {
            var request = JSON.readTree(line);
            requests.add(new Recorded(
                    request.get("method").stringValue(),
                    request.get("url").stringValue(),
                    request.get("body").stringValue()));
        }

        assertThat(replay(
                        requests.stream().filter(Recorded::isOfTheControlPlane).toList()))
                .isGreaterThan(SESSION.size());
    }

    private int replay(List<Recorded> requests) {
        String experiment = "";
        for (var request : requests) {
            String body = request.body()
                    .replaceAll("\"org_id\":\"" + ID + "\"", "\"org_id\":\"" + plane.organization + "\"")
                    .replaceAll("\"id\":\"" + ID + "\"", "\"id\":\"" + experiment + "\"");
            var answer = plane.send(RunningControlPlane.KEY, request.method(), request.path(), body);
            var fields = answer.body();
            switch (request.path()) {
                case "/api/apikey/login" ->
                    assertThat(fields.get("org_info").get(0).get("api_url").stringValue())
                            .isNotEmpty();
                case "/api/project/register" ->
                    assertThat(fields.get("project").get("id").stringValue()).matches(ID);
                case "/api/dataset/register" ->
                    assertThat(fields.get("dataset").get("id").stringValue()).matches(ID);
                case "/api/experiment/register" -> {
                    experiment = fields.get("experiment").get("id").stringValue();
                    assertThat(experiment).matches(ID);
                }
                case "/api/base_experiment/get_id" ->
                    assertThat(answer.status()).isEqualTo(400);
                default -> throw new AssertionError("the SDK asks for something new: " + request);
            }
            if (!request.path().equals("/api/base_experiment/get_id")) {
                assertThat(answer.status()).as("%s: %s", request, fields).isEqualTo(200);
            }
        }
        return requests.size();
    }
}
