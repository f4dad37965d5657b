package io.spanlake.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON whose scalars stay the text they were written as, so that two values are equal only where every number and every
 * string is the same byte for byte. Of a key that stands twice the last value counts; keys are compared decoded.
 */
sealed interface RawJson {
    record Scalar(String written) implements RawJson {
        static final Scalar ABSENT = new Scalar("");
        static final Scalar NULL = new Scalar("null");
    }

    record Array(List<RawJson> elements) implements RawJson {}

    record Fields(Map<String, RawJson> fields) implements RawJson {
        /** The field, or {@link Scalar#ABSENT}. */
        RawJson get(String name) {
            return fields.getOrDefault(name, Scalar.ABSENT);
        }

        boolean has(String name) {
            return fields.containsKey(name);
        }

        /** The field's text without its quotes. */
        String text(String name) {
            return get(name).text();
        }
    }

    static RawJson parse(String json) {
        var reader = new Reader(json);
        var value = reader.value();
        reader.end();
        return value;
    }

    static Fields parseObject(String json) {
        return (Fields) parse(json);
    }

    /** Scalars as they were written, keys written anew. */
    default String toJson() {
        var json = new StringBuilder();
        RawJsonText.append(this, json);
        return json.toString();
    }

    default Fields asObject() {
        return (Fields) this;
    }

    default List<RawJson> asList() {
        return ((Array) this).elements();
    }

    /** A string decoded, any other scalar as written. */
    default String text() {
        var written = ((Scalar) this).written();
        return written.startsWith("\"") ? Reader.decode(written) : written;
    }

    /** Plain recursive descent over valid JSON. */
    final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
        }

        RawJson value() {
            space();
            return switch (json.charAt(at)) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> new Scalar(string());
                default -> scalar();
            };
        }

        void end() {
            space();
            if (at != json.length()) {
                throw new IllegalArgumentException("something follows the value at " + at);
            }
        }

        private Fields object() {
            var fields = new LinkedHashMap<String, RawJson>();
            at++;
            while (!closes('}')) {
                var name = decode(string());
                space();
                take(':');
                fields.put(name, value());
            }
            return new Fields(fields);
        }

        private Array array() {
            var elements = new ArrayList<RawJson>();
            at++;
            while (!closes(']')) {
                elements.add(value());
            }
            return new Array(elements);
        }

        /** Steps over a comma, or over the closing bracket, and says which. */
        private boolean closes(char bracket) {
            space();
            if (json.charAt(at) == bracket) {
                at++;
                return true;
            }
            if (json.charAt(at) == ',') {
                at++;
                space();
            }
            return false;
        }

        private Scalar scalar() {
            int first = at;
            while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
                at++;
            }
            if (first == at) {
                throw new IllegalArgumentException("no value at " + at);
            }
            return new Scalar(json.substring(first, at));
        }

        private String string() {
            int first = at;
            take('"');
            while (json.charAt(at) != '"') {
                at += json.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            return json.substring(first, at);
        }

        private void take(char expected) {
            if (json.charAt(at) != expected) {
                throw new IllegalArgumentException("no %s at %d".formatted(expected, at));
            }
            at++;
        }

        private void space() {
            while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
        }

        static String decode(String written) {
            var text = new StringBuilder();
            for (int i = 1; i < written.length() - 1; i++) {
                char c = written.charAt(i);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escaped = written.charAt(++i);
                if (escaped == 'u') {
                    text.append((char) Integer.parseInt(written, i + 1, i + 5, 16));
                    i += 4;
                } else {
                    text.append(unescaped(escaped));
                }
            }
            return text.toString();
        }

        private static char unescaped(char escaped) {
            return switch (escaped) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> escaped;
            };
        }
    }
}
