package io.spanlake.controlplane;

import static io.spanlake.controlplane.RunningControlPlane.FOREIGN_KEY;
import static io.spanlake.controlplane.RunningControlPlane.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.work.Retentions;
import io.spanlake.controlplane.RunningControlPlane.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneTest {
    RunningControlPlane plane;
    String org = "";

    @BeforeAll
    void start() {
        plane = new RunningControlPlane();
        org = plane.organization.toString();
    }

    @AfterAll
    void stop() {
        plane.close();
    }

    @Nested
    class LoggingIn {
        @Test
        void tellsTheOrganizationOfTheKeyAndTheOriginThatWasAsked() {
            var answer = plane.post("/api/apikey/login", "");

            assertThat(answer.status()).isEqualTo(200);
            var info = answer.body().get("org_info");
            assertThat(info).hasSize(1);
            assertThat(info.get(0).get("id").stringValue()).isEqualTo(org);
            assertThat(info.get(0).get("name").stringValue()).isEqualTo("acme");
            assertThat(info.get(0).get("api_url").stringValue()).isEqualTo(plane.origin());
            assertThat(info.get(0).get("proxy_url").stringValue()).isEqualTo(plane.origin());
            assertThat(info.get(0).get("is_universal_api").booleanValue()).isTrue();
            assertThat(info.get(0).get("git_metadata").get("collect").stringValue())
                    .isEqualTo("none");
        }

        @Test
        void aWrongKeyIsAProblem() {
            refused(plane.send("sk-wrong", "POST", "/api/apikey/login", ""), 401, "unauthenticated");
        }
    }

    @Nested
    class Projects {
        @Test
        void theRestApiMakesAndFindsTheSameProjectsByItsOwnFieldNames() {
            String id = register("by-either").body().get("project").get("id").stringValue();

            var made = plane.post("/v1/project", "{\"name\":\"by-either\",\"org_name\":\"acme\"}");

            assertThat(made.body().get("id").stringValue()).isEqualTo(id);
            assertThat(made.body().get("name").stringValue()).isEqualTo("by-either");
            assertThat(plane.get("/v1/project/" + id).body().get("id").stringValue())
                    .isEqualTo(id);
            refused(plane.post("/v1/project", "{\"org_name\":\"acme\"}"), 400, "bad-request");
            refused(plane.post("/v1/project", "{\"name\":\"x\",\"org_name\":\"others\"}"), 403, "foreign-organization");
        }

        @Test
        void oneIsMadeWhereItIsAbsentAndFoundFromThenOn() {
            var made = register("demo");
            var found = register("demo");

            assertThat(found).isEqualTo(made);
            assertThat(made.body().get("project").get("name").stringValue()).isEqualTo("demo");
            assertThat(made.body().get("project").get("org_id").stringValue()).isEqualTo(org);
            String id = made.body().get("project").get("id").stringValue();
            var byId = plane.get("/api/project?id=" + id);
            assertThat(byId.body().get("name").stringValue()).isEqualTo("demo");
            assertThat(byId.body().get("project_id").stringValue()).isEqualTo(id);
            assertThat(plane.get("/api/project?project_name=demo")).isEqualTo(byId);
        }

        @Test
        void manyClientsThatStartAtOnceGetTheSameOne() throws Exception {
            try (var threads = Executors.newFixedThreadPool(16)) {
                var calls = IntStream.range(0, 32)
                        .mapToObj(i -> threads.submit(() -> register("rush")))
                        .toList();
                var ids = new HashSet<String>();
                for (var call : calls) {
                    ids.add(call.get().body().get("project").get("id").stringValue());
                }
                assertThat(ids).hasSize(1);
            }
        }

        @Test
        void anotherOrganizationsAreNotFoundAndNotNamed() {
            String id = register("secret").body().get("project").get("id").stringValue();

            var byId = plane.send(FOREIGN_KEY, "GET", "/api/project?id=" + id, "");
            var byName = plane.send(FOREIGN_KEY, "GET", "/api/project?project_name=secret", "");

            refused(byId, 404, "unknown-project");
            refused(byName, 404, "unknown-project");
            refused(plane.get("/api/project?id=" + UUID.randomUUID()), 404, "unknown-project");
            assertThat(byId.body().toString()).doesNotContain("\"secret\"");
        }

        @Test
        void aForeignOrganizationIsRefused() {
            var answer = plane.post(
                    "/api/project/register", "{\"project_name\":\"x\",\"org_id\":\"%s\"}".formatted(plane.foreign));

            refused(answer, 403, "foreign-organization");
        }

        @Test
        void aQuestionWithoutWhatIsAskedForIsAProblem() {
            refused(plane.get("/api/project"), 400, "bad-request");
            refused(plane.get("/api/project?id=demo"), 400, "bad-request");
        }
    }

    @Nested
    class Retention {
        @Test
        void aProjectKeepsItsRowsForEverUntilItIsToldOtherwise() {
            String id = project("unlimited");

            assertThat(plane.get(path(id)).body().toString())
                    .isEqualTo("{\"project_id\":\"%s\",\"keep_days\":null}".formatted(id));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 30, 36_500})
        void daysThatWereSetAreToldAndAreWhatCompactorsRead(int days) {
            String id = project("limited-" + days);

            var set = put(id, "{\"keep_days\":%d}".formatted(days));

            assertThat(set.body().toString()).isEqualTo("{\"project_id\":\"%s\",\"keep_days\":%d}".formatted(id, days));
            assertThat(plane.get(path(id))).isEqualTo(set);
            assertThat(kept(id)).contains(Duration.ofDays(days));
        }

        @Test
        void aLaterTimeReplacesTheOneBeforeAndDeletingItKeepsForEver() {
            String id = project("changed");
            put(id, "{\"keep_days\":7}");

            put(id, "{\"keep_days\":14}");
            assertThat(kept(id)).contains(Duration.ofDays(14));

            var deleted = plane.send(KEY, "DELETE", path(id), "");
            assertThat(deleted.status()).isEqualTo(200);
            assertThat(deleted.body().get("keep_days").isNull()).isTrue();
            assertThat(kept(id)).isEmpty();
            assertThat(plane.send(KEY, "DELETE", path(id), "")).isEqualTo(deleted);
        }

        @Test
        void aTimeThatIsNoNumberOfDaysIsToldAsItIs() {
            String id = project("hours");
            retentions()
                    .set(UUID.fromString(id), Optional.of(Duration.ofHours(36)))
                    .block();

            assertThat(plane.get(path(id)).body().get("keep_days").decimalValue())
                    .isEqualByComparingTo("1.5");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[30]",
                    "{\"keep_days\":null}",
                    "{\"keep_days\":0}",
                    "{\"keep_days\":-1}",
                    "{\"keep_days\":36501}",
                    "{\"keep_days\":1.5}",
                    "{\"keep_days\":1e400}",
                    "{\"keep_days\":4294967297}",
                    "{\"keep_days\":\"30\"}",
                    "{\"keep_days\":true}"
                })
        void whatIsNoWholeNumberOfDaysIsRefusedAndChangesNothing(String body) {
            String id = project("strict");
            put(id, "{\"keep_days\":30}");

            refused(plane.send(KEY, "PUT", path(id), body), 400, "bad-request");

            assertThat(kept(id)).contains(Duration.ofDays(30));
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE"})
        void anotherOrganizationsProjectsAreUnknown(String method) {
            String id = project("theirs");
            put(id, "{\"keep_days\":30}");
            String body = method.equals("PUT") ? "{\"keep_days\":1}" : "";

            refused(plane.send(FOREIGN_KEY, method, path(id), body), 404, "unknown-project");
            refused(plane.send(KEY, method, path(UUID.randomUUID().toString()), body), 404, "unknown-project");
            refused(plane.send(KEY, method, path("demo"), body), 400, "bad-request");
            refused(plane.send("sk-wrong", method, path(id), body), 401, "unauthenticated");

            assertThat(kept(id)).contains(Duration.ofDays(30));
        }

        private String project(String name) {
            return register(name).body().get("project").get("id").stringValue();
        }

        private Answer put(String project, String body) {
            var answer = plane.send(KEY, "PUT", path(project), body);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            return answer;
        }

        private static String path(String project) {
            return "/v1/project/%s/retention".formatted(project);
        }

        private Optional<Duration> kept(String project) {
            return Objects.requireNonNull(
                    retentions().of(UUID.fromString(project)).block());
        }

        private Retentions retentions() {
            return plane.bean(Retentions.class);
        }
    }

    @Nested
    class ErasuresOfRows {
        private String dataset(String name) {
            var made = plane.post(
                    "/api/dataset/register", "{\"project_name\":\"%s\",\"dataset_name\":\"d\"}".formatted(name));
            return made.body().get("dataset").get("id").stringValue();
        }

        private static String body(String dataset, String ids) {
            return "{\"object_type\":\"dataset\",\"object_id\":\"%s\",\"ids\":%s}".formatted(dataset, ids);
        }

        private static String path(String dataset) {
            return "/v1/erasures?object_type=dataset&object_id=" + dataset;
        }

        @Test
        void whatIsAskedForIsOpenUntilItIsDone() {
            String id = dataset("forgetful");
            assertThat(plane.get(path(id)).body().get("open")).isEmpty();

            var asked = plane.post("/v1/erasures", body(id, "[\"a\",\"b\"]"));

            assertThat(asked.status()).isEqualTo(200);
            assertThat(plane.get(path(id))).isEqualTo(asked);
            assertThat(asked.body().get("open")).hasSize(2);
            assertThat(asked.body().get("open").get(0).get("id").stringValue()).isEqualTo("a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "[1]", "[\"\"]", "\"a\"", "[\"a\\u0000\"]", "[null]"})
        void whatIsNoListOfIdsIsRefused(String ids) {
            String id = dataset("strict");

            refused(plane.post("/v1/erasures", body(id, ids)), 400, "bad-request");

            assertThat(plane.get(path(id)).body().get("open")).isEmpty();
        }

        @Test
        void rowsOfLogsGoByADelete() {
            var body = body(UUID.randomUUID().toString(), "[\"a\"]").replace("dataset", "project_logs");

            var answer = plane.post("/v1/erasures", body);

            refused(answer, 400, "bad-request");
            assertThat(answer.body().toString()).contains("_object_delete");
        }

        @Test
        void anotherOrganizationsRowsAreNotTheirsToForget() {
            String id = dataset("theirs");

            assertThat(plane.send(FOREIGN_KEY, "POST", "/v1/erasures", body(id, "[\"a\"]"))
                            .status())
                    .isEqualTo(403);
            assertThat(plane.send(FOREIGN_KEY, "GET", path(id), "").status()).isEqualTo(403);
            assertThat(plane.send("sk-wrong", "GET", path(id), "").status()).isEqualTo(401);
            assertThat(plane.get(path(id)).body().get("open")).isEmpty();
        }
    }

    @Nested
    class Experiments {
        @Test
        void aTakenNameGetsASuffixUnlessItIsAnUpdate() {
            var first = experiment("suffixes", "\"experiment_name\":\"exp-1\"");
            var second = experiment("suffixes", "\"experiment_name\":\"exp-1\"");
            var update = experiment("suffixes", "\"experiment_name\":\"exp-1\",\"update\":true");

            assertThat(name(first)).isEqualTo("exp-1");
            assertThat(name(second)).matches("exp-1-[0-9a-f]{8}");
            assertThat(id(second)).isNotEqualTo(id(first));
            assertThat(id(update)).isEqualTo(id(first));
            assertThat(first.body().get("experiment").get("project_id"))
                    .isEqualTo(first.body().get("project").get("id"));
            assertThat(first.body().get("experiment").get("public").booleanValue())
                    .isFalse();
            assertThat(Instant.parse(
                            first.body().get("experiment").get("created").stringValue()))
                    .isBefore(Instant.now().plusSeconds(60));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\":1", "\"experiment_name\":null", "\"experiment_name\":\"\""})
        void anAbsentNameIsMade(String fields) {
            var one = experiment("nameless", fields);
            var other = experiment("nameless", fields);

            assertThat(name(one)).matches("experiment-\\d{8}-\\d{6}(-[0-9a-f]{8})?");
            assertThat(id(other)).isNotEqualTo(id(one));
        }

        @Test
        void oneIsFoundByNameAndNoneIsAnEmptyArray() {
            var made = experiment("lookups", "\"experiment_name\":\"there\"");

            var found = find("lookups", "there", "acme");

            assertThat(found.status()).isEqualTo(200);
            assertThat(found.body()).hasSize(1);
            assertThat(found.body().get(0).get("id").stringValue()).isEqualTo(id(made));
            assertThat(find("lookups", "nothing", "acme").body().toString()).isEqualTo("[]");
            assertThat(find("no such project", "there", "acme").body().toString())
                    .isEqualTo("[]");
            assertThat(plane.get("/api/project?project_name=no%20such%20project")
                            .status())
                    .isEqualTo(404);
            refused(find("lookups", "there", "umbrella"), 403, "foreign-organization");
        }

        @Test
        void aBaseIsToldWhereItWasSaidAndElseIsA400() {
            var base = experiment("bases", "\"experiment_name\":\"base\"");
            var byName = experiment("bases", "\"experiment_name\":\"a\",\"base_experiment\":\"base\"");
            var byId = experiment("bases", "\"experiment_name\":\"b\",\"base_exp_id\":\"%s\"".formatted(id(base)));

            refused(base(id(base)), 400, "no-base-experiment");
            for (var experiment : new Answer[] {byName, byId}) {
                var answer = base(id(experiment));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body().get("base_exp_id").stringValue()).isEqualTo(id(base));
                assertThat(answer.body().get("base_exp_name").stringValue()).isEqualTo("base");
            }
        }

        @Test
        void aBaseThatIsNotThereIsRefusedAndNothingIsMade() {
            refused(
                    experiment("orphans", "\"experiment_name\":\"e\",\"base_experiment\":\"none\""),
                    400,
                    "no-base-experiment");
            refused(
                    experiment(
                            "orphans", "\"experiment_name\":\"e\",\"base_exp_id\":\"%s\"".formatted(UUID.randomUUID())),
                    403,
                    "foreign-object");

            assertThat(find("orphans", "e", "acme").body().toString()).isEqualTo("[]");
        }

        @Test
        void whatIsAnotherOrganizationsCannotBeAskedForItsBase() {
            String id = id(experiment("private", "\"experiment_name\":\"e\""));

            var answer =
                    plane.send(FOREIGN_KEY, "POST", "/api/base_experiment/get_id", "{\"id\":\"%s\"}".formatted(id));

            refused(answer, 403, "foreign-object");
        }
    }

    @Nested
    class Datasets {
        @Test
        void oneOfANameIsMadeOnceAndFoundFromThenOn() {
            var made = dataset("\"project_name\":\"data\",\"dataset_name\":\"ds\"");
            var found = dataset("\"project_name\":\"data\",\"dataset_name\":\"ds\",\"description\":\"d\"");

            assertThat(made.status()).isEqualTo(200);
            assertThat(found).isEqualTo(made);
            assertThat(made.body().get("dataset").get("name").stringValue()).isEqualTo("ds");
            assertThat(made.body().get("dataset").get("project_id"))
                    .isEqualTo(made.body().get("project").get("id"));
        }

        @Test
        void aProjectMayBeNamedByItsId() {
            String project = register("by id").body().get("project").get("id").stringValue();

            var made = dataset("\"project_id\":\"%s\"".formatted(project));

            assertThat(made.body().get("project").get("id").stringValue()).isEqualTo(project);
            assertThat(made.body().get("dataset").get("name").stringValue()).startsWith("dataset-");
            refused(dataset("\"project_id\":\"%s\"".formatted(UUID.randomUUID())), 403, "foreign-project");
        }
    }

    @Nested
    class BadBodies {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{\"project_name\":\"a\"} x",
                    "{}",
                    "{\"project_name\":7}",
                    "{\"project_name\":\"a\\u0000b\"}",
                    "{\"project_name\":\"half \\ud83d\"}",
                    "{\"project_name\":\"a\",\"org_id\":7}",
                    "{\"project_id\":\"demo\"}"
                })
        void areProblemsThatDoNotQuoteThem(String body) {
            refused(plane.post("/api/project/register", body), 400, "bad-request");
        }

        @Test
        void aNameThatIsTooLongIsToldItsLimit() {
            var answer = plane.post("/api/project/register", "{\"project_name\":\"%s\"}".formatted("x".repeat(513)));

            refused(answer, 400, "bad-request");
            assertThat(answer.body().get("detail").stringValue()).contains("project_name", "512", "513");
        }

        @Test
        void aBodyAboveTheLimitIsToldTheLimit() {
            var answer =
                    plane.post("/api/project/register", "{\"project_name\":\"%s\"}".formatted("x".repeat(1 << 20)));

            refused(answer, 413, "body-too-large");
            assertThat(answer.body().get("limit_bytes").intValue()).isEqualTo(1 << 20);
            assertThat(register("after a large one").status()).isEqualTo(200);
        }
    }

    private Answer register(String project) {
        return plane.post(
                "/api/project/register", "{\"project_name\":\"%s\",\"org_id\":\"%s\"}".formatted(project, org));
    }

    private Answer experiment(String project, String fields) {
        return plane.post(
                "/api/experiment/register",
                "{\"project_name\":\"%s\",\"org_id\":\"%s\",\"ancestor_commits\":[],%s}"
                        .formatted(project, org, fields));
    }

    private Answer find(String project, String experiment, String organization) {
        return plane.post(
                "/api/experiment/get",
                "{\"project_name\":\"%s\",\"org_name\":\"%s\",\"experiment_name\":\"%s\"}"
                        .formatted(project, organization, experiment));
    }

    private Answer base(String experiment) {
        return plane.post("/api/base_experiment/get_id", "{\"id\":\"%s\"}".formatted(experiment));
    }

    private Answer dataset(String fields) {
        return plane.post("/api/dataset/register", "{\"org_id\":\"%s\",%s}".formatted(org, fields));
    }

    private static String id(Answer registered) {
        return registered.body().get("experiment").get("id").stringValue();
    }

    private static String name(Answer registered) {
        return registered.body().get("experiment").get("name").stringValue();
    }

    private static void refused(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().get("status").intValue()).isEqualTo(status);
        assertThat(answer.body().get("type").stringValue()).isEqualTo("urn:spanlake:problem:" + type);
        assertThat(answer.body().get("Message").stringValue())
                .isEqualTo(answer.body().get("detail").stringValue());
    }
}
