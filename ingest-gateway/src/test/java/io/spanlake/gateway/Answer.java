package io.spanlake.gateway;

import io.spanlake.model.TransactionId;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway answered. */
record Answer(
        int status,
        Optional<String> contentType,
        Optional<String> retryAfter,
        Optional<String> allowedOrigin,
        String body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<String> response) {
        var headers = response.headers();
        return new Answer(
                response.statusCode(),
                headers.firstValue("Content-Type"),
                headers.firstValue("Retry-After"),
                headers.firstValue("Access-Control-Allow-Origin"),
                response.body());
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    List<String> ids() {
        return json().get("ids").valueStream().map(JsonNode::asString).toList();
    }

    TransactionId transaction() {
        return TransactionId.parse(json().get("xact_id").asString());
    }

    String problem() {
        return json().get("type").asString().replace("urn:spanlake:problem:", "");
    }

    String detail() {
        return json().get("detail").asString();
    }
}
