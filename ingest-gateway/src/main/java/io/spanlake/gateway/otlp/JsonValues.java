package io.spanlake.gateway.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the values of OTLP's JSON off a parser: texts, numbers in either form, attributes, lists. */
final class JsonValues {
    private final JsonParser json;

    JsonValues(JsonParser json) {
        this.json = json;
    }

    MalformedExport fault(String what) {
        return new MalformedExport(what + ", at byte " + json.currentLocation().getByteOffset());
    }

    /** Moves on by one token. */
    void next() {
        json.nextToken();
    }

    /** True where nothing follows. */
    boolean atEnd() {
        return json.nextToken() == null;
    }

    /** Passes over the value of a field that is not known. */
    void skip() {
        json.skipChildren();
    }

    /** The {@code attributes} of an object that has little else. */
    List<OtlpAttribute> attributesOf(String what) throws MalformedExport {
        List<OtlpAttribute> attributes = List.of();
        if (isNull()) {
            return attributes;
        }
        expectObject(what);
        for (String name = nextName(); name != null; name = nextName()) {
            if (name.equals("attributes")) {
                attributes = attributes();
            } else {
                json.skipChildren();
            }
        }
        return attributes;
    }

    List<OtlpAttribute> attributes() throws MalformedExport {
        var attributes = new ArrayList<OtlpAttribute>();
        list("attributes", () -> attributes.add(attribute()));
        return attributes;
    }

    private OtlpAttribute attribute() throws MalformedExport {
        String key = "";
        OtlpValue value = new OtlpValue.Empty();
        expectObject("an attribute");
        for (String name = nextName(); name != null; name = nextName()) {
            switch (name) {
                case "key" -> key = text();
                case "value" -> value = value();
                default -> json.skipChildren();
            }
        }
        return new OtlpAttribute(key, value);
    }

    private OtlpValue value() throws MalformedExport {
        OtlpValue value = new OtlpValue.Empty();
        if (isNull()) {
            return value;
        }
        expectObject("a value");
        for (String name = nextName(); name != null; name = nextName()) {
            if (isNull()) {
                continue;
            }
            switch (name) {
                case "stringValue" -> value = new OtlpValue.Text(text());
                case "boolValue" -> value = new OtlpValue.Bool(bool());
                case "intValue" -> value = new OtlpValue.Int(number());
                case "doubleValue" -> value = new OtlpValue.Real(real());
                case "bytesValue" -> value = new OtlpValue.Bytes(text());
                case "arrayValue" -> {
                    var values = new ArrayList<OtlpValue>();
                    values("arrayValue", () -> values.add(value()));
                    value = new OtlpValue.Array(values);
                }
                case "kvlistValue" -> {
                    var entries = new ArrayList<OtlpAttribute>();
                    values("kvlistValue", () -> entries.add(attribute()));
                    value = new OtlpValue.KeyValues(entries);
                }
                default -> json.skipChildren();
            }
        }
        return value;
    }

    private void values(String what, Element element) throws MalformedExport {
        expectObject(what);
        for (String name = nextName(); name != null; name = nextName()) {
            if (name.equals("values")) {
                list("values", element);
            } else {
                json.skipChildren();
            }
        }
    }

    interface Element {
        void read() throws MalformedExport;
    }

    void list(String what, Element element) throws MalformedExport {
        if (isNull()) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw fault(what + " is no array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    void expectObject(String what) throws MalformedExport {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw fault(what + " is no object");
        }
    }

    /** Moves to the value of the next field; null at the end of the object. */
    @Nullable
    String nextName() {
        String name = json.nextName();
        if (name != null) {
            json.nextToken();
        }
        return name;
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    String text() throws MalformedExport {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NULL -> "";
            default -> throw fault("a text was expected");
        };
    }

    String id() throws MalformedExport {
        return text().toLowerCase(Locale.ROOT);
    }

    private boolean bool() throws MalformedExport {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw fault("true or false was expected");
        };
    }

    long number() throws MalformedExport {
        return switch (json.currentToken()) {
            case VALUE_NULL -> 0;
            case VALUE_NUMBER_INT, VALUE_STRING -> integer(json.getString());
            default -> throw fault("a whole number was expected");
        };
    }

    private long integer(String digits) throws MalformedExport {
        try {
            return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw fault("a whole number of 64 bits was expected");
        }
    }

    private String real() throws MalformedExport {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getString();
            case VALUE_STRING -> realText(json.getString(), () -> fault("a number was expected"));
            default -> throw fault("a number was expected");
        };
    }

    private static String realText(String text, Supplier<MalformedExport> fault) throws MalformedExport {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Double.toString(value) : String.valueOf(value);
        } catch (NumberFormatException e) {
            throw fault.get();
        }
    }

    int enumeration(List<String> names) throws MalformedExport {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            int code = names.indexOf(json.getString());
            if (code < 0) {
                throw fault("one of " + names + " was expected");
            }
            return code;
        }
        return (int) number();
    }
}
