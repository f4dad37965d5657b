package io.spanlake.gateway.otlp;

import java.util.ArrayList;
import java.util.List;

/** Collects the fields of a span in whichever order they come. */
final class SpanBuilder {
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
