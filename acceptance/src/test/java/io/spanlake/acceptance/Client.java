package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks a system as any HTTP client would, with one key. Thread-safe. */
final class Client {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int PAGE_ROWS = 500;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Function<String, URI> servers;
    private final String key;

    Client(URI server, String key) {
        this(_ -> server, key);
    }

    /** @param servers the origin that serves a path */
    Client(Function<String, URI> servers, String key) {
        this.servers = servers;
        this.key = key;
    }

    static Client of(Standalone standalone) {
        return new Client(standalone.url(), Standalone.KEY);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer postJson(String path, String body) {
        return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param headers further names and values, in pairs */
    Answer post(String path, String contentType, byte[] body, String... headers) {
        var request = request(path).header("content-type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A request to which the caller adds, with the key already in it. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(servers.apply(path) + path))
                .timeout(WITHIN)
                .header("authorization", "Bearer " + key);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String organization() {
        var login = post("/api/apikey/login", "application/json", new byte[0]).expectOk();
        return login.json().get("org_info").asList().getFirst().asObject().text("id");
    }

    /** @return its id; the project is made where it is absent */
    String project(String name) {
        var body = "{\"project_name\":\"%s\",\"org_id\":\"%s\"}".formatted(name, organization());
        var registered = postJson("/api/project/register", body).expectOk();
        return registered.json().get("project").asObject().text("id");
    }

    /** @return its id; the experiment is made where it is absent */
    String experiment(String project, String name) {
        return registered("experiment", "\"project_id\":\"%s\",\"experiment_name\"".formatted(project), name);
    }

    /** @return its id; the dataset is made where it is absent */
    String dataset(String project, String name) {
        return registered("dataset", "\"project_id\":\"%s\",\"dataset_name\"".formatted(project), name);
    }

    private String registered(String what, String field, String name) {
        var body = "{\"org_id\":\"%s\",%s:\"%s\",\"update\":true}".formatted(organization(), field, name);
        var answer = postJson("/api/%s/register".formatted(what), body).expectOk();
        return answer.json().get(what).asObject().text("id");
    }

    /** All rows of a project's logs, newest first; sees everything that was acknowledged before. */
    List<RawJson.Fields> rows(String project) {
        return rows("project_logs", project);
    }

    List<RawJson.Fields> rows(String type, String id) {
        var rows = new ArrayList<RawJson.Fields>();
        var cursor = "";
        do {
            var page = get("/ui/objects/%s/%s/rows?limit=%d&strict=true%s".formatted(type, id, PAGE_ROWS, cursor))
                    .expectOk()
                    .json();
            page.get("rows").asList().forEach(row -> rows.add(row.asObject()));
            cursor = page.has("cursor") && !page.get("cursor").equals(RawJson.Scalar.NULL)
                    ? "&cursor=" + encoded(page.text("cursor"))
                    : "";
        } while (!cursor.isEmpty());
        return rows;
    }

    /** The rows of one trace, in order of their start. */
    List<RawJson.Fields> trace(String project, String rootSpanId) {
        return trace("project_logs", project, rootSpanId);
    }

    List<RawJson.Fields> trace(String type, String id, String rootSpanId) {
        var answer = get("/ui/objects/%s/%s/traces/%s?strict=true".formatted(type, id, encoded(rootSpanId)));
        return answer.expectOk().json().get("rows").asList().stream()
                .map(RawJson::asObject)
                .toList();
    }

    Answer row(String project, String rowId) {
        return row("project_logs", project, rowId);
    }

    Answer row(String type, String id, String rowId) {
        return get("/ui/objects/%s/%s/rows/%s?strict=true".formatted(type, id, encoded(rowId)));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
