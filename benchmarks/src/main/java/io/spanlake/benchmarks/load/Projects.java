package io.spanlake.benchmarks.load;

import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs in and registers a project, as an SDK does before its first row. */
public final class Projects {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private Projects() {}

    /**
     * @return id of the project of this name, created where it is absent
     * @throws IllegalStateException where the server refuses
     */
    public static String register(SpanlakeClient client, String name) {
        var login = post(client, "/api/apikey/login", JSON.createObjectNode());
        var body = JSON.createObjectNode()
                .put("project_name", name)
                .put("org_id", login.at("/org_info/0/id").asString());
        return post(client, "/api/project/register", body).at("/project/id").asString();
    }

    private static JsonNode post(SpanlakeClient client, String path, JsonNode body) {
        var answer = Objects.requireNonNull(
                client.post(path, JSON.writeValueAsBytes(body)).block(ANSWER_WITHIN));
        if (!answer.isTaken()) {
            throw new IllegalStateException("%s: status %d, %s".formatted(path, answer.status(), answer.text()));
        }
        return JSON.readTree(answer.text());
    }
}
