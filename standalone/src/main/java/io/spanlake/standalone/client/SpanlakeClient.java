package io.spanlake.standalone.client;

import io.spanlake.model.ByteSlice;
import io.spanlake.standalone.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP interface of an instance, here or elsewhere. Blocks; safe for many threads. */
public final class SpanlakeClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI url;
    private final String key;

    public SpanlakeClient(URI url, String key) {
        this.url = URI.create(url.toString().replaceAll("/+$", ""));
        this.key = key;
    }

    public URI url() {
        return url;
    }

    /** @throws StartFailure where the answer is not 200 */
    public JsonNode get(String path) {
        return accepted(path, send(request(path).GET()));
    }

    /** As {@link #get}, of a page that is no JSON. */
    public String text(String path) {
        var answer = send(request(path).GET());
        if (answer.statusCode() != 200) {
            throw refused(path, answer);
        }
        return answer.body();
    }

    /** Lines of JSON as they come, for as long as it takes. To be closed. */
    public Stream<JsonNode> lines(String path) {
        return lines(path, request(path).GET());
    }

    /** As {@link #lines}, of something that is done meanwhile. */
    public Stream<JsonNode> postLines(String path) {
        return lines(path, request(path).POST(BodyPublishers.noBody()));
    }

    private Stream<JsonNode> lines(String path, HttpRequest.Builder request) {
        HttpResponse<Stream<String>> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
        if (answer.statusCode() != 200) {
            try (var body = answer.body()) {
                throw new StartFailure("%s%s answered %d: %s"
                        .formatted(url, path, answer.statusCode(), detail(body.collect(Collectors.joining("\n")))));
            }
        }
        return answer.body().map(JSON::readTree);
    }

    /** As {@link #get}. */
    public JsonNode post(String path, Map<String, ?> body) {
        var request = request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return accepted(path, send(request));
    }

    /** Any answer of the server; a connection that fails is an {@link IOException}. */
    public HttpResponse<String> postRaw(String path, ByteSlice body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.array(), body.offset(), body.length()));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** As {@link #postRaw}. */
    public HttpResponse<String> getRaw(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    /** The lines of an answer as they come, whatever its status. To be closed. */
    public HttpResponse<Stream<String>> postStreamed(String path, Map<String, ?> body, String accept)
            throws IOException, InterruptedException {
        var request = request(path)
                .header("content-type", "application/json")
                .header("accept", accept)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return http.send(request.build(), BodyHandlers.ofLines());
    }

    /** The project of that name in the organization of the key, made where there is none. */
    public String projectId(String name) {
        return post("/api/project/register", Map.of("project_name", name))
                .at("/project/id")
                .asString();
    }

    /** Text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private StartFailure unreachable(IOException cause) {
        return new StartFailure(
                "%s does not answer: %s.%nIs it running? ./spanlake start"
                        .formatted(url, cause.getClass().getSimpleName()),
                cause);
    }

    private JsonNode accepted(String path, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw refused(path, answer);
        }
        return JSON.readTree(answer.body());
    }

    private StartFailure refused(String path, HttpResponse<String> answer) {
        return new StartFailure("%s%s answered %d: %s".formatted(url, path, answer.statusCode(), detail(answer)));
    }

    /** What a refusal says, without the rest of the problem document. */
    public static String detail(HttpResponse<String> answer) {
        return detail(answer.body());
    }

    /** The same of its body. */
    public static String detail(String body) {
        try {
            var detail = JSON.readTree(body).path("detail").asString("");
            return detail.isEmpty() ? "no reason given" : detail;
        } catch (tools.jackson.core.JacksonException notJson) {
            return "no reason given";
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
