package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the server said. */
record Answer(int status, String contentType, String body) {
    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    RawJson.Fields json() {
        return RawJson.parseObject(body);
    }

    Answer expectOk() {
        assertThat(status).as("status; body: %s", start()).isEqualTo(200);
        return this;
    }

    /** A refusal as RFC 9457 wants it, with a text that a person can act on and nothing of our insides. */
    Answer expectProblem(int expectedStatus) {
        assertThat(status).as("status; body: %s", start()).isEqualTo(expectedStatus);
        return expectProblem();
    }

    Answer expectProblem() {
        assertThat(status).as("status; body: %s", start()).isBetween(400, 499);
        assertThat(contentType).startsWith("application/problem+json");
        var problem = json();
        assertThat(problem.text("status")).isEqualTo(Integer.toString(status));
        assertThat(problem.text("detail")).isNotBlank().isEqualTo(problem.text("Message"));
        assertThat(problem.text("type")).startsWith("urn:spanlake:problem:");
        assertThat(body).doesNotContain("\tat ").doesNotContain("Exception").doesNotContain("io.spanlake");
        return this;
    }

    private String start() {
        return body.substring(0, Math.min(body.length(), 500));
    }
}
