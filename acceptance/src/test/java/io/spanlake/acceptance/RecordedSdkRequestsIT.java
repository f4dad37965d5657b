package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spanlake.acceptance.RawJson.Fields;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The requests of an SDK as they were recorded, one after another. Ids that the server of the recording gave are replaced
 * by those that ours gives; a request to something that is not served yet has to be refused clearly, and is reported as
 * skipped by its name.
 */
class RecordedSdkRequestsIT {
    private static final String FIXTURE = "braintrust-js-sdk-3.35.0.jsonl";
    /** How the recording ends a body that was too long for it. */
    private static final String CUT = "...(cut)";

    private static final List<String> NOT_SENT_HEADERS =
            List.of("authorization", "accept-encoding", "host", "content-length", "connection");

    private static final List<String> SENT_FIELDS = List.of(
            "input",
            "output",
            "expected",
            "metadata",
            "metrics",
            "scores",
            "tags",
            "span_attributes",
            "context",
            "span_id",
            "root_span_id",
            "span_parents",
            "created");

    private static final Map<String, String> REGISTERS = Map.of(
            "/api/project/register", "project",
            "/api/dataset/register", "dataset",
            "/api/experiment/register", "experiment");

    private final Client client = Client.of(Standalone.shared());
    private final String suffix = "-" + UUID.randomUUID();
    private final Map<String, String> registered = new HashMap<>();
    private final Map<String, String> idsNow = new HashMap<>();
    private final List<Fields> logged = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> everyRequestIsAnsweredAsTheSdkNeedsIt() {
        var fixture = Places.fixture(FIXTURE);
        assumeTrue(fixture.isPresent(), () -> FIXTURE + " is not here: SPANLAKE_FIXTURES names the folder");
        var requests = Samples.linesOf(Samples.text(fixture.orElseThrow())).stream()
                .map(RawJson::parseObject)
                .toList();
        var replayed = Stream.iterate(0, i -> i < requests.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(
                        "%02d %s %s"
                                .formatted(
                                        i,
                                        requests.get(i).text("method"),
                                        requests.get(i).text("url")),
                        () -> replay(requests.get(i))));
        return Stream.concat(
                replayed,
                Stream.of(DynamicTest.dynamicTest("what was logged is read back", this::assertLoggedIsReadBack)));
    }

    private void replay(Fields request) {
        learnIds(request.text("body"));
        var url = rewritten(request.text("url"));
        var body = rewritten(request.text("body"));
        var sent = client.request(url);
        request.get("headers").asObject().fields().forEach((name, value) -> {
            if (!NOT_SENT_HEADERS.contains(name)) {
                sent.header(name, value.text());
            }
        });
        var answer = client.send(sent.method(request.text("method"), HttpRequest.BodyPublishers.ofString(body)));
        if (body.contains("logs3_overflow")) {
            // The upload that it names was made to the server of the recording.
            answer.expectProblem();
            return;
        }
        if (url.equals("/api/base_experiment/get_id") && answer.status() == 400) {
            // As the SDK takes it: there is none.
            answer.expectProblem();
            return;
        }
        if (answer.status() == 404) {
            answer.expectProblem();
            abort("not served yet: " + request.text("method") + " " + url);
        }
        answer.expectOk();
        rememberIds(url, answer);
        if (url.equals("/logs3")) {
            assertLogged(body, answer);
        }
    }

    /** A recorded id that is new stands for what was registered last. */
    private void learnIds(String body) {
        if (!body.startsWith("{") || body.endsWith(CUT)) {
            return;
        }
        var fields = RawJson.parseObject(body);
        if (fields.has("org_id")) {
            idsNow.put(fields.text("org_id"), client.organization());
        }
        for (var row : rowsOf(body)) {
            registered.forEach((name, id) -> {
                if (row.has(name)) {
                    idsNow.putIfAbsent(row.text(name), id);
                }
            });
        }
    }

    private void rememberIds(String url, Answer answer) {
        REGISTERS.forEach((path, kind) -> {
            if (url.equals(path)) {
                registered.put(kind + "_id", answer.json().get(kind).asObject().text("id"));
            }
        });
    }

    private void assertLogged(String body, Answer answer) {
        var rows = rowsOf(body);
        assertThat(answer.json().get("ids").asList()).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(answer.json().get("ids").asList().get(i).text())
                    .isEqualTo(rows.get(i).text("id"));
        }
        assertThat(answer.json().text("xact_id")).matches("[0-9]+");
        logged.addAll(rows);
    }

    private void assertLoggedIsReadBack() {
        var expected =
                Merges.fold(logged.stream().filter(row -> !row.has("comment")).toList());
        assertThat(expected).hasSizeGreaterThan(10);
        expected.forEach((id, row) -> {
            var read = client.row(typeOf(row), objectOf(row), id);
            if (row.has("_object_delete")) {
                read.expectProblem(404);
            } else {
                var names = SENT_FIELDS.stream().filter(row::has).toList();
                Rows.assertSame(id, row, read.expectOk().json(), names);
            }
        });
        logged.stream().filter(row -> row.has("comment")).forEach(this::assertCommentIsInItsRow);
    }

    private void assertCommentIsInItsRow(Fields comment) {
        var origin = comment.get("origin").asObject().text("id");
        var read = client.row(typeOf(comment), objectOf(comment), origin).expectOk();
        assertThat(Texts.of(read.json().get("comments")))
                .contains(comment.get("comment").asObject().text("text"));
    }

    private static String typeOf(Fields row) {
        return row.has("dataset_id") ? "dataset" : row.has("experiment_id") ? "experiment" : "project_logs";
    }

    private static String objectOf(Fields row) {
        return Stream.of("dataset_id", "experiment_id", "project_id")
                .filter(row::has)
                .map(row::text)
                .findFirst()
                .orElseThrow();
    }

    private String rewritten(String body) {
        var text = body.replace("\"demo\"", "\"demo" + suffix + "\"").replace("\"demo2\"", "\"demo2" + suffix + "\"");
        for (var id : idsNow.entrySet()) {
            text = text.replace(id.getKey(), id.getValue());
        }
        return text;
    }

    private static List<Fields> rowsOf(String body) {
        return RawJson.parseObject(body).get("rows") instanceof RawJson.Array(var rows)
                ? rows.stream().map(RawJson::asObject).toList()
                : List.of();
    }
}
