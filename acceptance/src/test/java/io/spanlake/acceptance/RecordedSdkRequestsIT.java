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
    private static final List<String> NOT_SENT_HEADERS =
            List.of("authorization", "accept-encoding", "host", "content-length", "connection");

    private final Client client = Client.of(Standalone.shared());
    private final String suffix = "-" + UUID.randomUUID();
    private final Map<String, String> idsNow = new HashMap<>();
    private final List<Fields> logged = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> everyRequestIsAnsweredAsTheSdkNeedsIt() {
        var fixture = Places.fixture(FIXTURE);
        assumeTrue(fixture.isPresent(), () -> FIXTURE + " is not here: SPANLAKE_FIXTURES names the folder");
        var requests = Samples.linesOf(Samples.text(fixture.orElseThrow())).stream()
                .map(RawJson::parseObject)
                .toList();
        learnIds(requests);
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

    /** Which project each recorded id stands for is in the order of the recording: a registration, then rows with its id. */
    private void learnIds(List<Fields> requests) {
        var registered = "";
        for (var request : requests) {
            if (request.text("url").equals("/api/project/register")) {
                registered = RawJson.parseObject(request.text("body")).text("project_name");
            }
            if (request.text("url").equals("/logs3") && !registered.isEmpty()) {
                for (var row : rowsOf(request.text("body"))) {
                    var project = registered;
                    if (row.has("project_id")) {
                        idsNow.computeIfAbsent(row.text("project_id"), id -> client.project(project + suffix));
                    }
                }
            }
        }
    }

    private void replay(Fields request) {
        var url = request.text("url");
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
        if (answer.status() == 404 || (answer.status() == 403 && !isOfAProject(body))) {
            answer.expectProblem();
            abort("not served yet: " + request.text("method") + " " + url);
        }
        answer.expectOk();
        if (url.equals("/logs3")) {
            assertLogged(body, answer);
        }
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
        var spans = logged.stream()
                .filter(row -> row.has("project_id") && !row.has("comment"))
                .toList();
        var expected = Merges.fold(spans);
        assertThat(expected).isNotEmpty();
        expected.forEach((id, row) -> {
            var read = client.row(row.text("project_id"), id).expectOk().json();
            Rows.assertSame(
                    id,
                    row,
                    read,
                    List.of(
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
                            "created"));
        });
        logged.stream().filter(row -> row.has("comment")).forEach(this::assertCommentIsInItsRow);
    }

    private void assertCommentIsInItsRow(Fields comment) {
        var origin = comment.get("origin").asObject().text("id");
        var read = client.row(comment.text("project_id"), origin).expectOk().json();
        assertThat(Texts.of(read.get("comments")))
                .contains(comment.get("comment").asObject().text("text"));
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

    private static boolean isOfAProject(String body) {
        return rowsOf(body).stream().allMatch(row -> row.has("project_id"));
    }
}
