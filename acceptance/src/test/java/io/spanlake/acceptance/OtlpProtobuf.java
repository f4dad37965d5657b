package io.spanlake.acceptance;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.spanlake.acceptance.RawJson.Fields;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An export request as OTLP/JSON, made into the same one as protobuf. */
final class OtlpProtobuf {
    private OtlpProtobuf() {}

    static ExportTraceServiceRequest of(Fields json) {
        var request = ExportTraceServiceRequest.newBuilder();
        list(json, "resourceSpans").forEach(resource -> request.addResourceSpans(resourceSpans(resource)));
        return request.build();
    }

    private static ResourceSpans resourceSpans(Fields json) {
        var spans = ResourceSpans.newBuilder();
        if (json.has("resource")) {
            spans.setResource(Resource.newBuilder()
                    .addAllAttributes(attributes(json.get("resource").asObject())));
        }
        list(json, "scopeSpans").forEach(scope -> spans.addScopeSpans(scopeSpans(scope)));
        return spans.build();
    }

    private static ScopeSpans scopeSpans(Fields json) {
        var spans = ScopeSpans.newBuilder();
        if (json.has("scope")) {
            var scope = json.get("scope").asObject();
            spans.setScope(InstrumentationScope.newBuilder()
                    .setName(scope.text("name"))
                    .setVersion(scope.text("version"))
                    .addAllAttributes(attributes(scope)));
        }
        list(json, "spans").forEach(span -> spans.addSpans(span(span)));
        return spans.build();
    }

    private static Span span(Fields json) {
        var span = Span.newBuilder()
                .setTraceId(id(json, "traceId"))
                .setSpanId(id(json, "spanId"))
                .setParentSpanId(id(json, "parentSpanId"))
                .setName(json.text("name"))
                .setStartTimeUnixNano(number(json, "startTimeUnixNano"))
                .setEndTimeUnixNano(number(json, "endTimeUnixNano"))
                .addAllAttributes(attributes(json));
        span.setKindValue((int) number(json, "kind"));
        if (json.has("status")) {
            var status = json.get("status").asObject();
            span.setStatus(
                    Status.newBuilder().setMessage(status.text("message")).setCodeValue((int) number(status, "code")));
        }
        list(json, "events")
                .forEach(event -> span.addEvents(Span.Event.newBuilder()
                        .setName(event.text("name"))
                        .setTimeUnixNano(number(event, "timeUnixNano"))
                        .addAllAttributes(attributes(event))));
        list(json, "links")
                .forEach(link -> span.addLinks(Span.Link.newBuilder()
                        .setTraceId(id(link, "traceId"))
                        .setSpanId(id(link, "spanId"))
                        .addAllAttributes(attributes(link))));
        return span.build();
    }

    private static List<KeyValue> attributes(Fields json) {
        return list(json, "attributes").stream().map(OtlpProtobuf::keyValue).toList();
    }

    private static KeyValue keyValue(Fields json) {
        var pair = KeyValue.newBuilder().setKey(json.text("key"));
        if (json.has("value")) {
            pair.setValue(value(json.get("value").asObject()));
        }
        return pair.build();
    }

    private static AnyValue value(Fields json) {
        var value = AnyValue.newBuilder();
        for (Map.Entry<String, RawJson> form : json.fields().entrySet()) {
            switch (form.getKey()) {
                case "stringValue" -> value.setStringValue(form.getValue().text());
                case "boolValue" ->
                    value.setBoolValue(Boolean.parseBoolean(form.getValue().text()));
                case "intValue" ->
                    value.setIntValue(Long.parseLong(form.getValue().text()));
                case "doubleValue" ->
                    value.setDoubleValue(Double.parseDouble(form.getValue().text()));
                case "bytesValue" ->
                    value.setBytesValue(ByteString.copyFrom(
                            Base64.getDecoder().decode(form.getValue().text())));
                case "arrayValue" -> value.setArrayValue(array(form.getValue().asObject()));
                case "kvlistValue" ->
                    value.setKvlistValue(keyValues(form.getValue().asObject()));
                default -> throw new IllegalArgumentException("no form of a value: " + form.getKey());
            }
        }
        return value.build();
    }

    private static ArrayValue array(Fields json) {
        var array = ArrayValue.newBuilder();
        list(json, "values").forEach(element -> array.addValues(value(element)));
        return array.build();
    }

    private static KeyValueList keyValues(Fields json) {
        var pairs = KeyValueList.newBuilder();
        list(json, "values").forEach(pair -> pairs.addValues(keyValue(pair)));
        return pairs.build();
    }

    private static List<Fields> list(Fields json, String name) {
        return json.has(name)
                ? json.get(name).asList().stream().map(RawJson::asObject).toList()
                : List.of();
    }

    private static ByteString id(Fields json, String name) {
        return ByteString.copyFrom(HexFormat.of().parseHex(json.text(name).toLowerCase(Locale.ROOT)));
    }

    private static long number(Fields json, String name) {
        return json.has(name) ? Long.parseUnsignedLong(json.text(name)) : 0;
    }
}
