package io.spanlake.gateway.otlp;

import io.spanlake.model.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON form of an export request (OTLP 1.x: lowerCamelCase keys, hex ids, 64-bit numbers as text or number).
 * Unknown fields are passed over, as the protocol wants. Numbers keep their text.
 */
final class JsonTraces {
    /** A level of nested values is four of JSON: value object, list object, array, entry object. */
    private static final int JSON_LEVELS_PER_LEVEL = 4;

    private static final int JSON_LEVELS_AROUND = 12;
    private static final List<String> KINDS = List.of(
            "SPAN_KIND_UNSPECIFIED",
            "SPAN_KIND_INTERNAL",
            "SPAN_KIND_SERVER",
            "SPAN_KIND_CLIENT",
            "SPAN_KIND_PRODUCER",
            "SPAN_KIND_CONSUMER");
    private static final List<String> STATUS_CODES =
            List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

    private final int depthMax;
    private final JsonFactory factory;

    /** @param depthMax levels of nested values that are taken */
    JsonTraces(int depthMax) {
        this.depthMax = depthMax;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax * JSON_LEVELS_PER_LEVEL + JSON_LEVELS_AROUND)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(1_000)
                        .maxNameLength(1 << 20)
                        .build())
                .build();
    }

    List<ExportedSpan> read(ByteSlice body) throws MalformedExport {
        try (JsonParser json =
                factory.createParser(ObjectReadContext.empty(), body.array(), body.offset(), body.length())) {
            var reader = new Reader(json);
            var spans = reader.request();
            if (json.nextToken() != null) {
                throw reader.fault("more follows after the request");
            }
            return spans;
        } catch (StreamConstraintsException e) {
            throw new MalformedExport(
                    "the JSON is nested deeper than %d levels of attributes, or a name or number is too long"
                            .formatted(depthMax));
        } catch (JacksonException e) {
            throw new MalformedExport("the body is not JSON at byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()));
        }
    }

    /** Everything that a scope of spans is made of, before its name and attributes are known. */
    private record PendingScope(
            String name, String version, List<OtlpAttribute> attributes, String schemaUrl, List<OtlpSpan> spans) {}

    private static final class Reader {
        private final JsonParser json;

        Reader(JsonParser json) {
            this.json = json;
        }

        MalformedExport fault(String what) {
            return new MalformedExport(
                    what + ", at byte " + json.currentLocation().getByteOffset());
        }

        List<ExportedSpan> request() throws MalformedExport {
            json.nextToken();
            var spans = new ArrayList<ExportedSpan>();
            expectObject("an export request");
            for (String name = nextName(); name != null; name = nextName()) {
                if (name.equals("resourceSpans")) {
                    list("resourceSpans", () -> resourceSpans(spans));
                } else {
                    json.skipChildren();
                }
            }
            return spans;
        }

        private void resourceSpans(List<ExportedSpan> into) throws MalformedExport {
            List<OtlpAttribute> resource = List.of();
            String schemaUrl = "";
            var scopes = new ArrayList<PendingScope>();
            expectObject("resourceSpans");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "resource" -> resource = attributesOf("resource");
                    case "schemaUrl" -> schemaUrl = text();
                    case "scopeSpans" -> list("scopeSpans", () -> scopes.add(scopeSpans()));
                    default -> json.skipChildren();
                }
            }
            for (var scope : scopes) {
                var origin = new SpanOrigin(
                        resource, schemaUrl, scope.name, scope.version, scope.attributes, scope.schemaUrl);
                scope.spans.forEach(span -> into.add(new ExportedSpan(origin, span)));
            }
        }

        private PendingScope scopeSpans() throws MalformedExport {
            String scopeName = "";
            String version = "";
            List<OtlpAttribute> attributes = List.of();
            String schemaUrl = "";
            var spans = new ArrayList<OtlpSpan>();
            expectObject("scopeSpans");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "scope" -> {
                        if (isNull()) {
                            continue;
                        }
                        expectObject("scope");
                        for (String field = nextName(); field != null; field = nextName()) {
                            switch (field) {
                                case "name" -> scopeName = text();
                                case "version" -> version = text();
                                case "attributes" -> attributes = attributes();
                                default -> json.skipChildren();
                            }
                        }
                    }
                    case "schemaUrl" -> schemaUrl = text();
                    case "spans" -> list("spans", () -> spans.add(span()));
                    default -> json.skipChildren();
                }
            }
            return new PendingScope(scopeName, version, attributes, schemaUrl, spans);
        }

        private OtlpSpan span() throws MalformedExport {
            var span = new SpanBuilder();
            expectObject("a span");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "traceId" -> span.traceId = id();
                    case "spanId" -> span.spanId = id();
                    case "parentSpanId" -> span.parentSpanId = id();
                    case "traceState" -> span.traceState = text();
                    case "flags" -> span.flags = number();
                    case "name" -> span.name = text();
                    case "kind" -> span.kind = enumeration(KINDS);
                    case "startTimeUnixNano" -> span.startNanos = number();
                    case "endTimeUnixNano" -> span.endNanos = number();
                    case "attributes" -> span.attributes = attributes();
                    case "droppedAttributesCount" -> span.droppedAttributes = number();
                    case "events" -> list("events", () -> span.events.add(event()));
                    case "droppedEventsCount" -> span.droppedEvents = number();
                    case "links" -> list("links", () -> span.links.add(link()));
                    case "droppedLinksCount" -> span.droppedLinks = number();
                    case "status" -> status(span);
                    default -> json.skipChildren();
                }
            }
            return span.build();
        }

        private void status(SpanBuilder span) throws MalformedExport {
            if (isNull()) {
                return;
            }
            expectObject("status");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "code" -> span.statusCode = enumeration(STATUS_CODES);
                    case "message" -> span.statusMessage = text();
                    default -> json.skipChildren();
                }
            }
        }

        private OtlpSpan.Event event() throws MalformedExport {
            long time = 0;
            String eventName = "";
            List<OtlpAttribute> attributes = List.of();
            long dropped = 0;
            expectObject("an event");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "timeUnixNano" -> time = number();
                    case "name" -> eventName = text();
                    case "attributes" -> attributes = attributes();
                    case "droppedAttributesCount" -> dropped = number();
                    default -> json.skipChildren();
                }
            }
            return new OtlpSpan.Event(time, eventName, attributes, dropped);
        }

        private OtlpSpan.Link link() throws MalformedExport {
            String traceId = "";
            String spanId = "";
            String traceState = "";
            List<OtlpAttribute> attributes = List.of();
            long dropped = 0;
            expectObject("a link");
            for (String name = nextName(); name != null; name = nextName()) {
                switch (name) {
                    case "traceId" -> traceId = id();
                    case "spanId" -> spanId = id();
                    case "traceState" -> traceState = text();
                    case "attributes" -> attributes = attributes();
                    case "droppedAttributesCount" -> dropped = number();
                    default -> json.skipChildren();
                }
            }
            return new OtlpSpan.Link(traceId, spanId, traceState, attributes, dropped);
        }

        /** The {@code attributes} of an object that has little else. */
        private List<OtlpAttribute> attributesOf(String what) throws MalformedExport {
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

        private List<OtlpAttribute> attributes() throws MalformedExport {
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

        private interface Element {
            void read() throws MalformedExport;
        }

        private void list(String what, Element element) throws MalformedExport {
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

        private void expectObject(String what) throws MalformedExport {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw fault(what + " is no object");
            }
        }

        /** Moves to the value of the next field; null at the end of the object. */
        private @org.jspecify.annotations.Nullable String nextName() {
            String name = json.nextName();
            if (name != null) {
                json.nextToken();
            }
            return name;
        }

        private boolean isNull() {
            return json.currentToken() == JsonToken.VALUE_NULL;
        }

        private String text() throws MalformedExport {
            return switch (json.currentToken()) {
                case VALUE_STRING -> json.getString();
                case VALUE_NULL -> "";
                default -> throw fault("a text was expected");
            };
        }

        private String id() throws MalformedExport {
            return text().toLowerCase(Locale.ROOT);
        }

        private boolean bool() throws MalformedExport {
            return switch (json.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw fault("true or false was expected");
            };
        }

        private long number() throws MalformedExport {
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

        private int enumeration(List<String> names) throws MalformedExport {
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

    private static final class SpanBuilder {
        String traceId = "";
        String spanId = "";
        String parentSpanId = "";
        String traceState = "";
        long flags;
        String name = "";
        int kind;
        long startNanos;
        long endNanos;
        List<OtlpAttribute> attributes = List.of();
        final List<OtlpSpan.Event> events = new ArrayList<>();
        final List<OtlpSpan.Link> links = new ArrayList<>();
        int statusCode;
        String statusMessage = "";
        long droppedAttributes;
        long droppedEvents;
        long droppedLinks;

        OtlpSpan build() {
            return new OtlpSpan(
                    traceId,
                    spanId,
                    parentSpanId,
                    traceState,
                    flags,
                    name,
                    kind,
                    startNanos,
                    endNanos,
                    attributes,
                    events,
                    links,
                    statusCode,
                    statusMessage,
                    droppedAttributes,
                    droppedEvents,
                    droppedLinks);
        }
    }
}
