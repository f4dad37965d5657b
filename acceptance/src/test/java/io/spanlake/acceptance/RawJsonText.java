package io.spanlake.acceptance;

/** JSON from values: scalars as they were written, keys written anew. */
final class RawJsonText {
    private RawJsonText() {}

    static void append(RawJson value, StringBuilder json) {
        switch (value) {
            case RawJson.Scalar(var written) -> json.append(written);
            case RawJson.Array(var elements) -> {
                json.append('[');
                var separator = "";
                for (var element : elements) {
                    json.append(separator);
                    append(element, json);
                    separator = ",";
                }
                json.append(']');
            }
            case RawJson.Fields(var fields) -> {
                json.append('{');
                var separator = "";
                for (var field : fields.entrySet()) {
                    json.append(separator).append(quoted(field.getKey())).append(':');
                    append(field.getValue(), json);
                    separator = ",";
                }
                json.append('}');
            }
        }
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
