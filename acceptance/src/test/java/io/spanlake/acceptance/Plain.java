package io.spanlake.acceptance;

import java.util.TreeMap;
import java.util.stream.Collectors;

/** A value as a short text without quotes, keys in order: for comparing with what a script said in another language. */
final class Plain {
    private Plain() {}

    static String of(RawJson value) {
        return switch (value) {
            case RawJson.Scalar scalar -> scalar.text();
            case RawJson.Array(var elements) ->
                elements.stream().map(Plain::of).collect(Collectors.joining(",", "[", "]"));
            case RawJson.Fields(var fields) ->
                new TreeMap<>(fields)
                        .entrySet().stream()
                                .map(field -> field.getKey() + ":" + of(field.getValue()))
                                .collect(Collectors.joining(",", "{", "}"));
        };
    }
}
