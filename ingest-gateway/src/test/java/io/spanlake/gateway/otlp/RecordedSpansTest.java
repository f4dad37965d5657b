package io.spanlake.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.json.JsonLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real spans as an exporter sends them, beside what they were before: nothing may be lost or changed on the way. */
class RecordedSpansTest {
    private static final Path CORPUS = Path.of(System.getenv()
            .getOrDefault(
                    "SPANLAKE_CORPUS",
                    Path.of("").toAbsolutePath().resolve("../../shared/data").toString()));
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final RowPlace PLACE =
            new RowPlace(new ObjectRef(ObjectType.PROJECT_LOGS, "p"), Optional.empty(), Map.of());

    private final SpanMapper mapper = new SpanMapper(MappingTable.load(), new ValueForms(JsonLimits.DEFAULT));

    @BeforeEach
    void corpusIsThere() {
        assumeTrue(
                Files.exists(CORPUS.resolve("sample-200.otlp.json")),
                "skipped: no recorded spans (sample-200.otlp.json) in SPANLAKE_CORPUS");
    }

    private static List<ExportedSpan> exported() throws IOException, MalformedExport {
        return new JsonTraces(500).read(ByteSlice.of(Files.readAllBytes(CORPUS.resolve("sample-200.otlp.json"))));
    }

    private static Map<String, JsonNode> originals() throws IOException {
        var originals = new HashMap<String, JsonNode>();
        for (var line : Files.readAllLines(CORPUS.resolve("sample-200.jsonl"))) {
            var span = JSON.readTree(line);
            originals.put(span.get("trace_id").asString() + span.get("span_id").asString(), span);
        }
        return originals;
    }

    @Test
    void everySpanComesBackAsItWas() throws IOException, MalformedExport {
        var originals = originals();

        for (var span : exported()) {
            var row = JSON.readTree(mapper.map(span, PLACE).json().toUtf8());
            var original = originals.remove(row.get("id").asString());

            assertThat(row.at("/span_attributes/name")).isEqualTo(original.get("name"));
            assertThat(row.at("/span_attributes/type")).isEqualTo(original.get("type"));
            assertThat(nanos(row.at("/metrics/start")))
                    .isEqualTo(original.get("start").asString());
            assertThat(nanos(row.at("/metrics/end")))
                    .isEqualTo(original.path("end").asString(""));
            assertHolds(row.get("metadata"), original.get("metadata"));
            assertHolds(row.get("metrics"), original.get("metrics"));
            assertThat(orNull(row.get("expected"))).isEqualTo(orNull(original.get("expected")));
            if (original.get("scores").isObject()) {
                assertHolds(row.path("scores"), original.get("scores"));
            }
            if (!original.get("tags").isEmpty()) {
                assertThat(row.get("tags")).isEqualTo(original.get("tags"));
            }
            assertThat(orNull(row.get("error"))).isEqualTo(orNull(original.get("error")));
            if (!original.get("type").asString().equals("llm")) {
                assertThat(orNull(row.get("input"))).isEqualTo(orNull(original.get("input")));
                assertThat(orNull(row.get("output"))).isEqualTo(orNull(original.get("output")));
            }
        }
        assertThat(originals).isEmpty();
    }

    @Test
    void binaryAndJsonMakeTheSameRows() throws IOException, MalformedExport {
        var spans = exported();

        var binary = new ProtobufTraces(500).read(ByteSlice.of(request(spans).toByteArray()));

        assertThat(binary).hasSameSizeAs(spans);
        for (int i = 0; i < spans.size(); i++) {
            var fromBinary =
                    JSON.readTree(mapper.map(binary.get(i), PLACE).json().toUtf8());
            var fromJson = JSON.readTree(mapper.map(spans.get(i), PLACE).json().toUtf8());
            assertThat(same(fromBinary, fromJson))
                    .as("%s\n%s", fromBinary, fromJson)
                    .isTrue();
        }
    }

    /** A double has no text of its own in binary, and no digits beyond its own. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return Double.compare(one.doubleValue(), other.doubleValue()) == 0;
        }
        if (one.isObject() && other.isObject()) {
            return Set.copyOf(one.propertyNames()).equals(Set.copyOf(other.propertyNames()))
                    && one.propertyStream().allMatch(field -> same(field.getValue(), other.get(field.getKey())));
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            return IntStream.range(0, one.size()).allMatch(i -> same(one.get(i), other.get(i)));
        }
        return one.equals(other);
    }

    private static JsonNode orNull(JsonNode node) {
        return node == null ? JSON.nullNode() : node;
    }

    private static void assertHolds(JsonNode whole, JsonNode part) {
        part.propertyStream()
                .forEach(field -> assertThat(whole.get(field.getKey())).isEqualTo(field.getValue()));
    }

    private static String nanos(JsonNode seconds) {
        return seconds.isMissingNode()
                ? ""
                : seconds.decimalValue()
                        .multiply(BigDecimal.valueOf(1_000_000_000L))
                        .toBigIntegerExact()
                        .toString();
    }

    private static ExportTraceServiceRequest request(List<ExportedSpan> spans) {
        var request = ExportTraceServiceRequest.newBuilder();
        for (var exported : spans) {
            var origin = exported.origin();
            request.addResourceSpans(ResourceSpans.newBuilder()
                    .setResource(Resource.newBuilder().addAllAttributes(attributes(origin.resource())))
                    .addScopeSpans(ScopeSpans.newBuilder()
                            .setScope(InstrumentationScope.newBuilder()
                                    .setName(origin.scopeName())
                                    .setVersion(origin.scopeVersion()))
                            .addSpans(span(exported.span()))));
        }
        return request.build();
    }

    private static Span span(OtlpSpan span) {
        var built = Span.newBuilder()
                .setTraceId(ByteString.fromHex(span.traceId()))
                .setSpanId(ByteString.fromHex(span.spanId()))
                .setParentSpanId(ByteString.fromHex(span.parentSpanId()))
                .setName(span.name())
                .setKindValue(span.kind())
                .setStartTimeUnixNano(span.startNanos())
                .setEndTimeUnixNano(span.endNanos())
                .addAllAttributes(attributes(span.attributes()))
                .setStatus(Status.newBuilder().setCodeValue(span.statusCode()).setMessage(span.statusMessage()));
        span.events()
                .forEach(event -> built.addEvents(Span.Event.newBuilder()
                        .setName(event.name())
                        .setTimeUnixNano(event.timeNanos())
                        .addAllAttributes(attributes(event.attributes()))));
        return built.build();
    }

    private static List<KeyValue> attributes(List<OtlpAttribute> attributes) {
        return attributes.stream()
                .map(attribute -> KeyValue.newBuilder()
                        .setKey(attribute.key())
                        .setValue(value(attribute.value()))
                        .build())
                .toList();
    }

    private static AnyValue value(OtlpValue value) {
        var built = AnyValue.newBuilder();
        switch (value) {
            case OtlpValue.Text(var text) -> built.setStringValue(text);
            case OtlpValue.Bool(var flag) -> built.setBoolValue(flag);
            case OtlpValue.Int(var number) -> built.setIntValue(number);
            case OtlpValue.Real(var text) -> built.setDoubleValue(Double.parseDouble(text));
            case OtlpValue.Bytes(var base64) -> built.setBytesValue(ByteString.copyFromUtf8(base64));
            case OtlpValue.Array(var values) ->
                built.setArrayValue(ArrayValue.newBuilder()
                        .addAllValues(
                                values.stream().map(RecordedSpansTest::value).toList()));
            case OtlpValue.KeyValues(var entries) ->
                built.setKvlistValue(KeyValueList.newBuilder().addAllValues(attributes(entries)));
            case OtlpValue.Empty() -> {}
        }
        return built.build();
    }
}
