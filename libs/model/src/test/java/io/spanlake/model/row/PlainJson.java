package io.spanlake.model.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON as plain Java, read by Jackson: maps, lists, strings, booleans, and numbers as their text. */
final class PlainJson {
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** A number as written: 1.0 and 1 are two. */
    record Digits(String text) {}

    private static final JsonFactory JSON = new JsonFactory();

    private PlainJson() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        return (Map<String, Object>) value(json);
    }

    static Object value(String json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> new Digits(parser.getString());
        };
    }

    static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, item) -> copy.put(key, copy(item)));
                yield copy;
            }
            case List<?> list ->
                new ArrayList<>(list.stream().map(PlainJson::copy).toList());
            default -> value;
        };
    }
}
