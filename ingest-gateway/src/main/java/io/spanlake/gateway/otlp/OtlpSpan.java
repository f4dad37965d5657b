package io.spanlake.gateway.otlp;

import java.util.List;

/**
 * One span as it was exported.
 *
 * @param traceId      lower-case hex as it came, of any length: {@link SpanMapper} refuses what is not 32 digits
 * @param parentSpanId empty for a root
 * @param startNanos   since 1970, unsigned; 0 where unknown
 * @param endNanos     0 where the span has not ended
 * @param statusCode   0 unset, 1 ok, 2 error
 */
record OtlpSpan(
        String traceId,
        String spanId,
        String parentSpanId,
        String traceState,
        long flags,
        String name,
        int kind,
        long startNanos,
        long endNanos,
        List<OtlpAttribute> attributes,
        List<Event> events,
        List<Link> links,
        int statusCode,
        String statusMessage,
        long droppedAttributes,
        long droppedEvents,
        long droppedLinks) {
    OtlpSpan {
        attributes = List.copyOf(attributes);
        events = List.copyOf(events);
        links = List.copyOf(links);
    }

    record Event(long timeNanos, String name, List<OtlpAttribute> attributes, long droppedAttributes) {
        Event {
            attributes = List.copyOf(attributes);
        }
    }

    record Link(
            String traceId, String spanId, String traceState, List<OtlpAttribute> attributes, long droppedAttributes) {
        Link {
            attributes = List.copyOf(attributes);
        }
    }
}
