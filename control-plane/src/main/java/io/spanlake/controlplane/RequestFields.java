package io.spanlake.controlplane;

import io.spanlake.catalog.CatalogNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a request's JSON body, by type. A field that is null is absent. Others than those asked for are ignored. */
final class RequestFields {
    static final int BYTES_MAX = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode body;

    private RequestFields(JsonNode body) {
        this.body = body;
    }

    /** Reads the body up to its limit; the refusals are 400 and 413. */
    static Mono<RequestFields> of(ServerRequest request) {
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), BYTES_MAX)
                .map(RequestFields::bytes)
                .defaultIfEmpty(new byte[0])
                .map(RequestFields::parse)
                .onErrorMap(DataBufferLimitException.class, large -> ControlPlaneProblems.bodyTooLarge(BYTES_MAX));
    }

    static RequestFields parse(byte[] json) {
        if (json.length == 0) {
            throw ControlPlaneProblems.noJsonObject("it is empty");
        }
        try {
            var body = JSON.readTree(json);
            if (!body.isObject()) {
                throw ControlPlaneProblems.noJsonObject("it is another value");
            }
            return new RequestFields(body);
        } catch (JacksonException e) {
            // Its message quotes the body; the place is enough.
            var place = e.getLocation();
            throw ControlPlaneProblems.noJsonObject(
                    "there is an error at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    /** A name that the directory can hold. An empty one counts as absent, as clients mean it. */
    Optional<String> name(String field) {
        var name = text(field).filter(text -> !text.isEmpty());
        name.filter(text -> !CatalogNames.possible(text)).ifPresent(text -> {
            throw ControlPlaneProblems.impossibleName(field, text.length());
        });
        return name;
    }

    Optional<UUID> uuid(String field) {
        return text(field).filter(text -> !text.isEmpty()).map(text -> uuid(field, text));
    }

    Optional<String> text(String field) {
        return value(field).map(value -> {
            if (!value.isString()) {
                throw ControlPlaneProblems.wrongType(field, "a string");
            }
            return value.stringValue();
        });
    }

    /**
     * An array of strings that are not empty, at least one.
     *
     * @param most     strings
     * @param bytesMax of each, in UTF-8
     */
    List<String> texts(String field, int most, int bytesMax) {
        var array = value(field).orElseThrow(() -> ControlPlaneProblems.missing("a field " + field));
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            throw ControlPlaneProblems.wrongType(field, "an array of 1 to %d strings".formatted(most));
        }
        var texts = new ArrayList<String>();
        for (var value : array) {
            if (!value.isString() || !isPossible(value.stringValue(), bytesMax)) {
                throw ControlPlaneProblems.wrongType(
                        field, "an array of strings of 1 to %d bytes, none with U+0000".formatted(bytesMax));
            }
            texts.add(value.stringValue());
        }
        return List.copyOf(texts);
    }

    private static boolean isPossible(String text, int bytesMax) {
        return !text.isEmpty() && text.indexOf('\0') < 0 && text.getBytes(StandardCharsets.UTF_8).length <= bytesMax;
    }

    /** False where absent. */
    boolean flag(String field) {
        return value(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw ControlPlaneProblems.wrongType(field, "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** A number without a fraction, from {@code min} to {@code max}, both inclusive. */
    Optional<Integer> wholeNumber(String field, int min, int max) {
        return value(field).map(value -> {
            if (!value.canConvertToExactIntegral()
                    || !value.canConvertToInt()
                    || value.intValue() < min
                    || value.intValue() > max) {
                throw ControlPlaneProblems.wrongType(field, "a whole number from %d to %d".formatted(min, max));
            }
            return value.intValue();
        });
    }

    static UUID uuid(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ControlPlaneProblems.wrongType(field, "a UUID");
        }
    }

    private Optional<JsonNode> value(String field) {
        return Optional.ofNullable(body.get(field)).filter(value -> !value.isNull());
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
