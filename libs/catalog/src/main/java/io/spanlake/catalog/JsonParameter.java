package io.spanlake.catalog;

import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object, as the only parameter of a statement: what has lists of things with twenty columns each travels so, and
 * the statement takes it apart with {@code jsonb_to_recordset}. Times go as microseconds since 1970.
 */
public final class JsonParameter {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final JsonGenerator json;

    private JsonParameter(JsonGenerator json) {
        this.json = json;
    }

    /** The text of an object with what {@code fill} puts into it. */
    public static String of(Consumer<JsonParameter> fill) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            fill.accept(new JsonParameter(json));
            json.writeEndObject();
        }
        return text.toString();
    }

    public JsonParameter put(String name, long value) {
        json.writeNumberProperty(name, value);
        return this;
    }

    public JsonParameter put(String name, String value) {
        json.writeStringProperty(name, value);
        return this;
    }

    public JsonParameter put(String name, UUID value) {
        return put(name, value.toString());
    }

    public JsonParameter put(String name, Instant value) {
        return put(name, ChronoUnit.MICROS.between(Instant.EPOCH, value));
    }

    public JsonParameter numbers(String name, Collection<? extends Number> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeNumber(value.longValue()));
        json.writeEndArray();
        return this;
    }

    public JsonParameter texts(String name, Collection<?> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(value -> json.writeString(value.toString()));
        json.writeEndArray();
        return this;
    }

    /** Where there is a value, what {@code put} does with it; else nothing, which the statement reads as null. */
    public <T> JsonParameter maybe(Optional<T> value, BiConsumer<JsonParameter, T> put) {
        value.ifPresent(present -> put.accept(this, present));
        return this;
    }

    /** An array of objects. */
    public <T> JsonParameter objects(String name, Collection<T> items, BiConsumer<JsonParameter, T> fill) {
        json.writeArrayPropertyStart(name);
        for (var item : items) {
            json.writeStartObject();
            fill.accept(this, item);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }
}
