package io.spanlake.gateway.otlp;

import java.util.ArrayList;
import java.util.List;

/** Reads the objects of an export request, whose fields come in any order. */
final class JsonExport {
    private static final List<String> KINDS = List.of(
            "SPAN_KIND_UNSPECIFIED",
            "SPAN_KIND_INTERNAL",
            "SPAN_KIND_SERVER",
            "SPAN_KIND_CLIENT",
            "SPAN_KIND_PRODUCER",
            "SPAN_KIND_CONSUMER");

    private static final List<String> STATUS_CODES =
            List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

    private final JsonValues json;

    JsonExport(JsonValues json) {
        this.json = json;
    }

    List<ExportedSpan> request() throws MalformedExport {
        json.next();
        var spans = new ArrayList<ExportedSpan>();
        json.expectObject("an export request");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (name.equals("resourceSpans")) {
                json.list("resourceSpans", () -> resourceSpans(spans));
            } else {
                json.skip();
            }
        }
        return spans;
    }

    private void resourceSpans(List<ExportedSpan> into) throws MalformedExport {
        List<OtlpAttribute> resource = List.of();
        String schemaUrl = "";
        var scopes = new ArrayList<PendingScope>();
        json.expectObject("resourceSpans");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "resource" -> resource = json.attributesOf("resource");
                case "schemaUrl" -> schemaUrl = json.text();
                case "scopeSpans" -> json.list("scopeSpans", () -> scopes.add(scopeSpans()));
                default -> json.skip();
            }
        }
        for (var scope : scopes) {
            var origin =
                    new SpanOrigin(resource, schemaUrl, scope.name, scope.version, scope.attributes, scope.schemaUrl);
            scope.spans.forEach(span -> into.add(new ExportedSpan(origin, span)));
        }
    }

    private PendingScope scopeSpans() throws MalformedExport {
        String scopeName = "";
        String version = "";
        List<OtlpAttribute> attributes = List.of();
        String schemaUrl = "";
        var spans = new ArrayList<OtlpSpan>();
        json.expectObject("scopeSpans");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "scope" -> {
                    if (json.isNull()) {
                        continue;
                    }
                    json.expectObject("scope");
                    for (String field = json.nextName(); field != null; field = json.nextName()) {
                        switch (field) {
                            case "name" -> scopeName = json.text();
                            case "version" -> version = json.text();
                            case "attributes" -> attributes = json.attributes();
                            default -> json.skip();
                        }
                    }
                }
                case "schemaUrl" -> schemaUrl = json.text();
                case "spans" -> json.list("spans", () -> spans.add(span()));
                default -> json.skip();
            }
        }
        return new PendingScope(scopeName, version, attributes, schemaUrl, spans);
    }

    private OtlpSpan span() throws MalformedExport {
        var span = new SpanBuilder();
        json.expectObject("a span");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "traceId" -> span.traceId = json.id();
                case "spanId" -> span.spanId = json.id();
                case "parentSpanId" -> span.parentSpanId = json.id();
                case "traceState" -> span.traceState = json.text();
                case "flags" -> span.flags = json.number();
                case "name" -> span.name = json.text();
                case "kind" -> span.kind = json.enumeration(KINDS);
                case "startTimeUnixNano" -> span.startNanos = json.number();
                case "endTimeUnixNano" -> span.endNanos = json.number();
                case "attributes" -> span.attributes = json.attributes();
                case "droppedAttributesCount" -> span.droppedAttributes = json.number();
                case "events" -> json.list("events", () -> span.events.add(event()));
                case "droppedEventsCount" -> span.droppedEvents = json.number();
                case "links" -> json.list("links", () -> span.links.add(link()));
                case "droppedLinksCount" -> span.droppedLinks = json.number();
                case "status" -> status(span);
                default -> json.skip();
            }
        }
        return span.build();
    }

    private void status(SpanBuilder span) throws MalformedExport {
        if (json.isNull()) {
            return;
        }
        json.expectObject("status");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "code" -> span.statusCode = json.enumeration(STATUS_CODES);
                case "message" -> span.statusMessage = json.text();
                default -> json.skip();
            }
        }
    }

    private OtlpSpan.Event event() throws MalformedExport {
        long time = 0;
        String eventName = "";
        List<OtlpAttribute> attributes = List.of();
        long dropped = 0;
        json.expectObject("an event");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "timeUnixNano" -> time = json.number();
                case "name" -> eventName = json.text();
                case "attributes" -> attributes = json.attributes();
                case "droppedAttributesCount" -> dropped = json.number();
                default -> json.skip();
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
        json.expectObject("a link");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            switch (name) {
                case "traceId" -> traceId = json.id();
                case "spanId" -> spanId = json.id();
                case "traceState" -> traceState = json.text();
                case "attributes" -> attributes = json.attributes();
                case "droppedAttributesCount" -> dropped = json.number();
                default -> json.skip();
            }
        }
        return new OtlpSpan.Link(traceId, spanId, traceState, attributes, dropped);
    }

    /** Everything that a scope of spans is made of, before its name and attributes are known. */
    private record PendingScope(
            String name, String version, List<OtlpAttribute> attributes, String schemaUrl, List<OtlpSpan> spans) {}
}
