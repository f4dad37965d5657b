package io.spanlake.query.value;

/** Values as compact JSON: numbers and times as they were sent, what is not ASCII as it is. */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    public static String json(Value value) {
        var out = new StringBuilder();
        append(value, out);
        return out.toString();
    }

    public static void append(Value value, StringBuilder out) {
        switch (value) {
            case NullValue _ -> out.append("null");
            case BooleanValue flag -> out.append(flag.isTrue());
            case NumberValue number -> out.append(number.text());
            case TextValue(var text) -> quote(text, out);
            case TimeValue time -> quote(time.text(), out);
            case IntervalValue interval -> quote(interval.text(), out);
            case ArrayValue(var items) -> {
                char before = '[';
                for (var item : items) {
                    out.append(before);
                    append(item, out);
                    before = ',';
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case ObjectValue(var fields) -> {
                char before = '{';
                for (var field : fields.entrySet()) {
                    out.append(before);
                    quote(field.getKey(), out);
                    out.append(':');
                    append(field.getValue(), out);
                    before = ',';
                }
                out.append(fields.isEmpty() ? "{}" : "}");
            }
        }
    }

    /** Lone surrogates, which UTF-8 cannot carry, are escaped. What stands between escapes is copied at once. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        int first = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (isPair(text, i)) {
                i++;
                continue;
            }
            out.append(text, first, i);
            escape(c, out);
            first = i + 1;
        }
        out.append(text, first, text.length()).append('"');
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xF));
                }
            }
        }
    }
}
