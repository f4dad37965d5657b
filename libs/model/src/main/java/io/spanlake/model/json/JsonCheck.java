package io.spanlake.model.json;

import io.spanlake.model.ByteSlice;
import java.util.Optional;

/**
 * Whether bytes are exactly one JSON value (RFC 8259), in strict UTF-8, within limits. What passes can be cut into ranges
 * by {@link JsonObjectFields} and given back as it is. Thread-safe; memory is a byte a level.
 *
 * <p>Not built on a JSON library: those refuse lone surrogates in keys, which are JSON and are sent, and decode each key.
 */
public final class JsonCheck {
    private JsonCheck() {}

    /** The first fault of the value, if it has one; faults of the encoding go before all others. */
    public static Optional<JsonFault> check(ByteSlice value, JsonLimits limits) {
        int notUtf8 = Utf8.firstFault(value);
        if (notUtf8 >= 0) {
            return Optional.of(new JsonFault(JsonFault.Kind.ENCODING, notUtf8, "not UTF-8"));
        }
        return Optional.ofNullable(new JsonWalk(value, limits).fault());
    }
}
