package io.spanlake.gateway.overflow;

import io.spanlake.gateway.refuse.Place;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.model.ByteSlice;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client says of an upload before it may begin: {@code {"content_type":…,"size_bytes":…,"rows":[…]}}. */
final class UploadQuestion {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private UploadQuestion() {}

    /** @throws io.spanlake.service.errors.RefusedException where it is anything else */
    static long sizeBytes(ByteSlice body) {
        var size = parsed(body).path("size_bytes");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
            throw bad();
        }
        return size.asLong();
    }

    private static JsonNode parsed(ByteSlice body) {
        try {
            return JSON.readTree(body.array(), body.offset(), body.length());
        } catch (JacksonException broken) {
            throw bad();
        }
    }

    private static RuntimeException bad() {
        return Refusals.exception(
                new Refusal.BadShape(Place.ofBody(0), "is not {\"content_type\":…,\"size_bytes\":…,\"rows\":[…]}"));
    }
}
