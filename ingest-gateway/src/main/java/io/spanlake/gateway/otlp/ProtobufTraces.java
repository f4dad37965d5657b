package io.spanlake.gateway.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads the binary form of an export request. */
final class ProtobufTraces {
    /** A level of nested values is three messages: value, list of entries, entry. Around them stand four more. */
    private static final int MESSAGES_PER_LEVEL = 3;

    private static final int MESSAGES_AROUND = 8;

    private final int depthMax;

    /** @param depthMax levels of nested values that are taken */
    ProtobufTraces(int depthMax) {
        this.depthMax = depthMax;
    }

    List<ExportedSpan> read(ByteSlice body) throws MalformedExport {
        var request = parse(body);
        var spans = new ArrayList<ExportedSpan>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            var resourceAttributes = attributes(resource.getResource().getAttributesList());
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                var origin = new SpanOrigin(
                        resourceAttributes,
                        resource.getSchemaUrl(),
                        scope.getScope().getName(),
                        scope.getScope().getVersion(),
                        attributes(scope.getScope().getAttributesList()),
                        scope.getSchemaUrl());
                for (Span span : scope.getSpansList()) {
                    spans.add(new ExportedSpan(origin, span(span)));
                }
            }
        }
        return spans;
    }

    private ExportTraceServiceRequest parse(ByteSlice body) throws MalformedExport {
        try {
            var input = CodedInputStream.newInstance(body.array(), body.offset(), body.length());
            input.setRecursionLimit(depthMax * MESSAGES_PER_LEVEL + MESSAGES_AROUND);
            var request = ExportTraceServiceRequest.parseFrom(input);
            input.checkLastTagWas(0);
            return request;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedExport(reason(e));
        } catch (IOException e) {
            throw new MalformedExport("the body cannot be read as protobuf");
        }
    }

    private String reason(InvalidProtocolBufferException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("too many levels of nesting")) {
            return "an attribute is nested deeper than %d levels".formatted(depthMax);
        }
        if (message.contains("invalid UTF-8")) {
            return "a string is not valid UTF-8";
        }
        return "the body is not a whole ExportTraceServiceRequest in protobuf: it is cut off or damaged";
    }

    private static OtlpSpan span(Span span) {
        var events = new ArrayList<OtlpSpan.Event>(span.getEventsCount());
        for (Span.Event event : span.getEventsList()) {
            events.add(new OtlpSpan.Event(
                    event.getTimeUnixNano(),
                    event.getName(),
                    attributes(event.getAttributesList()),
                    Integer.toUnsignedLong(event.getDroppedAttributesCount())));
        }
        var links = new ArrayList<OtlpSpan.Link>(span.getLinksCount());
        for (Span.Link link : span.getLinksList()) {
            links.add(new OtlpSpan.Link(
                    hex(link.getTraceId()),
                    hex(link.getSpanId()),
                    link.getTraceState(),
                    attributes(link.getAttributesList()),
                    Integer.toUnsignedLong(link.getDroppedAttributesCount())));
        }
        return new OtlpSpan(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getTraceState(),
                Integer.toUnsignedLong(span.getFlags()),
                span.getName(),
                span.getKindValue(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                attributes(span.getAttributesList()),
                events,
                links,
                span.getStatus().getCodeValue(),
                span.getStatus().getMessage(),
                Integer.toUnsignedLong(span.getDroppedAttributesCount()),
                Integer.toUnsignedLong(span.getDroppedEventsCount()),
                Integer.toUnsignedLong(span.getDroppedLinksCount()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static List<OtlpAttribute> attributes(List<KeyValue> entries) {
        var attributes = new ArrayList<OtlpAttribute>(entries.size());
        for (KeyValue entry : entries) {
            attributes.add(new OtlpAttribute(entry.getKey(), value(entry.getValue())));
        }
        return attributes;
    }

    private static OtlpValue value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> new OtlpValue.Text(value.getStringValue());
            case BOOL_VALUE -> new OtlpValue.Bool(value.getBoolValue());
            case INT_VALUE -> new OtlpValue.Int(value.getIntValue());
            case DOUBLE_VALUE -> new OtlpValue.Real(Double.toString(value.getDoubleValue()));
            case BYTES_VALUE ->
                new OtlpValue.Bytes(
                        Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
            case ARRAY_VALUE ->
                new OtlpValue.Array(value.getArrayValue().getValuesList().stream()
                        .map(ProtobufTraces::value)
                        .toList());
            case KVLIST_VALUE ->
                new OtlpValue.KeyValues(attributes(value.getKvlistValue().getValuesList()));
            default -> new OtlpValue.Empty();
        };
    }
}
