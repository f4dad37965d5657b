package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every door with the key of another organization and with our ids: nothing of ours comes out, and nothing goes in. Each is
 * opened with our own key as well, so that none is closed to everybody.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
    private static final String PLANTED = "ours-alone-4711";

    private final Standalone standalone = Standalone.shared();
    private final Client ours = Client.of(standalone);
    private final Client theirs = SecondOrganization.clientOf(standalone);
    private String project = "";
    private String experiment = "";
    private String dataset = "";
    private String theirProject = "";

    /** @param open asks it with some client */
    record Door(String name, Function<Client, Answer> open) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void write() {
        project = ours.project("isolated");
        experiment = ours.experiment(project, "isolated");
        dataset = ours.dataset(project, "isolated");
        theirProject = theirs.project("theirs");
        for (var place : places()) {
            ours.postJson("/logs3", body("r1", place)).expectOk();
        }
    }

    private List<String> places() {
        return List.of(
                "\"project_id\":\"%s\",\"log_id\":\"g\"".formatted(project),
                "\"project_id\":\"%s\",\"log_id\":\"p\",\"slug\":\"s\"".formatted(project),
                "\"experiment_id\":\"%s\"".formatted(experiment),
                "\"dataset_id\":\"%s\"".formatted(dataset));
    }

    private static String body(String id, String place) {
        return "{\"rows\":[{\"id\":\"%s\",%s,\"input\":\"%s\",\"name\":\"%s\"}],\"api_version\":2}"
                .formatted(id, place, PLANTED, PLANTED);
    }

    Stream<Door> readers() {
        var doors = new ArrayList<Door>();
        for (var object : List.of("project_logs/" + project, "experiment/" + experiment, "dataset/" + dataset)) {
            for (var path : List.of(
                    "rows?strict=true",
                    "rows/r1?strict=true",
                    "rows/r1/value?path=input&strict=true",
                    "traces/r1?strict=true",
                    "traces/r1/skeleton?strict=true",
                    "spans?strict=true",
                    "facets?path=input&strict=true",
                    "values?path=input&strict=true",
                    "histogram?strict=true",
                    "counts?strict=true")) {
                doors.add(get("/ui/objects/%s/%s".formatted(object, path)));
            }
        }
        for (var source : List.of(
                "project_logs('%s')".formatted(project),
                "project_prompts('%s')".formatted(project),
                "experiment('%s')".formatted(experiment),
                "dataset('%s')".formatted(dataset))) {
            doors.add(query("SELECT * FROM " + source));
            doors.add(query("SELECT count(*) AS n FROM " + source));
            doors.add(query("select: * | from: " + source));
            doors.add(query("SELECT x.id FROM %s AS x JOIN %s AS y ON x.id = y.id".formatted(source, source)));
            doors.add(query("SELECT id FROM (SELECT * FROM %s) AS q".formatted(source)));
            doors.add(query("EXPLAIN SELECT * FROM " + source));
        }
        doors.add(get("/api/project?id=" + project));
        doors.add(get("/v1/project/" + project));
        doors.add(get("/v1/project/%s/retention".formatted(project)));
        doors.add(get("/v1/erasures?object_type=dataset&object_id=" + dataset));
        return doors.stream();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void nothingOfOursComesOut(Door door) {
        door.open().apply(ours).expectOk();

        var answer = door.open().apply(theirs);

        assertThat(answer.status()).as(answer.body()).isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain(PLANTED);
        assertThat(door.open()
                        .apply(new Client(standalone.url(), "sk-of-nobody"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aQueryOfTheirsThatNamesOursBesideTheirOwnIsRefusedWhole() {
        var theirRows = "project_logs('%s')".formatted(theirProject);
        var ourRows = "project_logs('%s')".formatted(project);
        for (var query : List.of(
                "SELECT * FROM project_logs('%s', '%s')".formatted(theirProject, project),
                "SELECT id FROM %s UNION ALL SELECT id FROM %s".formatted(theirRows, ourRows),
                "SELECT t.id, o.input FROM %s AS t LEFT JOIN %s AS o ON t.id = o.id".formatted(theirRows, ourRows),
                "SELECT id FROM %s WHERE id IN (SELECT id FROM %s)".formatted(theirRows, ourRows),
                "WITH o AS (SELECT * FROM %s) SELECT * FROM o".formatted(ourRows))) {
            var answer = query(query).open().apply(theirs);
            assertThat(answer.status()).as(query + ": " + answer.body()).isIn(400, 403, 404);
            assertThat(answer.body()).doesNotContain(PLANTED);
        }
    }

    @Test
    void nothingOfTheirsGoesIntoOurs() {
        for (var place : places()) {
            assertThat(theirs.postJson("/logs3", body("intruder", place)).status())
                    .as(place)
                    .isEqualTo(403);
            assertThat(theirs.postJson("/logs3", body("r1", place)).status())
                    .as(place)
                    .isEqualTo(403);
        }
        var span =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%s\",\"spanId\":\"%s\",\"name\":\"x\"}]}]}]}"
                        .formatted("0".repeat(31) + "1", "0".repeat(15) + "1");
        var bytes = span.getBytes(StandardCharsets.UTF_8);
        for (var parent : List.of("project_id:" + project, "experiment_id:" + experiment)) {
            var answer = theirs.post("/otel/v1/traces", "application/json", bytes, "x-bt-parent", parent);
            assertThat(answer.status()).as(parent + ": " + answer.body()).isIn(400, 403, 404);
        }
        assertThat(ours.rows(project))
                .singleElement()
                .satisfies(row -> assertThat(row.text("input")).isEqualTo(PLANTED));
    }

    @Test
    void howLongOurRowsAreKeptIsNotTheirsToSay() {
        var path = "/v1/project/%s/retention".formatted(project);
        ours.send(put(ours, path, "{\"keep_days\":30}")).expectOk();

        assertThat(theirs.send(put(theirs, path, "{\"keep_days\":1}")).status()).isEqualTo(404);
        assertThat(theirs.send(theirs.request(path).DELETE()).status()).isEqualTo(404);

        assertThat(ours.get(path).expectOk().body()).contains("\"keep_days\":30");
    }

    private static HttpRequest.Builder put(Client client, String path, String body) {
        return client.request(path)
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void namesAreOfAnOrganization() {
        var named = theirs.project("isolated");

        assertThat(named).isNotEqualTo(project);
        assertThat(theirs.rows(named)).isEmpty();
        var answer = query("SELECT * FROM project_logs('isolated')")
                .open()
                .apply(theirs)
                .expectOk();
        assertThat(answer.json().get("data").asList()).isEmpty();
        assertThat(answer.body()).doesNotContain(PLANTED);
    }

    @Test
    void aCursorOfOursIsNoneOfTheirs() {
        ours.postJson("/logs3", body("r2", places().getFirst())).expectOk();
        var page = ours.get("/ui/objects/project_logs/%s/rows?limit=1&strict=true".formatted(project))
                .expectOk()
                .json();
        var cursor = Client.encoded(page.text("cursor"));

        var answer = theirs.get("/ui/objects/project_logs/%s/rows?limit=1&cursor=%s".formatted(theirProject, cursor));

        assertThat(answer.body()).doesNotContain(PLANTED);
        ours.postJson(
                        "/logs3",
                        body("r2", places().getFirst()).replace("\"input\"", "\"_object_delete\":true,\"input\""))
                .expectOk();
    }

    @Test
    void aLongQueryOfOursIsUnknownToThem() {
        var started =
                ours.postJson("/btql/async", "{\"query\":\"SELECT * FROM project_logs('%s')\"}".formatted(project));
        assertThat(started.status()).as(started.body()).isBetween(200, 202);
        var id = started.json().text("id");

        assertThat(ours.get("/btql/async/" + id).status()).isEqualTo(200);
        assertThat(theirs.get("/btql/async/" + id).status()).isIn(403, 404);
        assertThat(theirs.get("/btql/async/" + id + "/result").status()).isIn(403, 404);
    }

    @Test
    void anUploadOfOursIsNotTakenByThem() {
        var asked = "{\"content_type\":\"application/json\",\"size_bytes\":100,\"rows\":[]}";
        var upload = ours.postJson("/logs3/overflow", asked).expectOk().json();

        var answer = theirs.postJson(
                "/logs3",
                "{\"rows\":{\"type\":\"logs3_overflow\",\"key\":\"%s\"},\"api_version\":2}"
                        .formatted(upload.text("key")));

        assertThat(answer.status()).as(answer.body()).isIn(400, 403, 404);
    }

    @Test
    void theInstanceIsRunByTheFirstOrganizationAlone() {
        for (var path : List.of("/standalone/stages", "/standalone/verify")) {
            assertThat(ours.get(path).status()).as(path).isEqualTo(200);
            assertThat(theirs.get(path).status()).as(path).isIn(403, 404);
        }
        for (var path : List.of("/standalone/compact", "/standalone/repair")) {
            assertThat(theirs.postJson(path, "{}").status()).as(path).isIn(403, 404);
        }
    }

    private static Door get(String path) {
        return new Door("GET " + path, client -> client.get(path));
    }

    private static Door query(String query) {
        var body = "{\"query\":%s}".formatted(RawJsonText.quoted(query));
        return new Door(query, client -> client.postJson("/btql", body));
    }
}
