package io.spanlake.service.errors;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as the answer to a request. */
public final class ProblemWriter {
    static final String TYPE_PREFIX = "urn:spanlake:problem:";

    private final JsonMapper json = JsonMapper.builder().build();

    /** Answers with the problem. Headers that are set already stay. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"spanlake\"");
        }
        problem.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, seconds(wait)));
        var body = bytes(problem);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    byte[] bytes(Problem problem) {
        return json.writeValueAsString(document(problem)).getBytes(StandardCharsets.UTF_8);
    }

    /** The members of the document in the order in which a person wants to read them. */
    static Map<String, Object> document(Problem problem) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", TYPE_PREFIX + problem.type());
        members.put("title", problem.title());
        members.put("status", problem.status());
        members.put("detail", problem.detail());
        problem.extensions().forEach(members::putIfAbsent);
        // SDK clients show this one member of an error's body to their user.
        members.put("Message", problem.detail());
        return members;
    }

    /** Whole seconds, rounded up: a client that comes too early is refused again. */
    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000));
    }
}
