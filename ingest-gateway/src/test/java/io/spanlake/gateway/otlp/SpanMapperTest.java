package io.spanlake.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpanMapperTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final RowPlace PLACE =
            new RowPlace(new ObjectRef(ObjectType.PROJECT_LOGS, "p-1"), Optional.empty(), Map.of());
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final SpanMapper mapper = new SpanMapper(MappingTable.load(), new ValueForms(JsonLimits.DEFAULT));

    private JsonNode row(String spanFields) throws MalformedExport {
        return row(spanFields, PLACE);
    }

    private JsonNode row(String spanFields, RowPlace place) throws MalformedExport {
        var json = mapper.map(export(spanFields), place).json();
        assertThat(JsonCheck.check(json, JsonLimits.DEFAULT)).isEmpty();
        return JSON.readTree(json.toUtf8());
    }

    private static ExportedSpan export(String spanFields) throws MalformedExport {
        var body = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                "scopeSpans":[{"scope":{"name":"agent","version":"2"},"spans":[{"traceId":"%s","spanId":"%s","name":"n",
                "kind":3,"startTimeUnixNano":"1692529178868912883","endTimeUnixNano":1692529179868912000,%s}]}]}]}
                """.formatted(TRACE, SPAN, spanFields);
        return new JsonTraces(500).read(ByteSlice.ofUtf8(body)).getFirst();
    }

    private static String attributes(String... keysAndValues) {
        var json = new StringBuilder("\"attributes\":[");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"key\":\"%s\",\"value\":%s}".formatted(keysAndValues[i], keysAndValues[i + 1]));
        }
        return json.append("]").toString();
    }

    private static String text(String text) {
        return "{\"stringValue\":%s}".formatted(JSON.writeValueAsString(text));
    }

    @Nested
    class TheRowOfASpan {
        @Test
        void hasIdsPlaceTimesAndWhereItCameFrom() throws MalformedExport {
            var row = row("\"parentSpanId\":\"00f067aa0ba902b7\"," + attributes("x", "{\"intValue\":\"5\"}"));

            assertThat(row.get("id").asString()).isEqualTo(TRACE + SPAN);
            assertThat(row.get("root_span_id").asString()).isEqualTo(TRACE);
            assertThat(row.get("span_parents").toString()).isEqualTo("[\"00f067aa0ba902b7\"]");
            assertThat(row.get("project_id").asString()).isEqualTo("p-1");
            assertThat(row.get("log_id").asString()).isEqualTo("g");
            assertThat(row.get("created").asString()).isEqualTo("2023-08-20T10:59:38.868Z");
            assertThat(row.at("/span_attributes/name").asString()).isEqualTo("n");
            assertThat(row.at("/context/otel/resource/service.name").asString()).isEqualTo("shop");
            assertThat(row.at("/context/otel/scope/name").asString()).isEqualTo("agent");
            assertThat(row.at("/metadata/x").asInt()).isEqualTo(5);
        }

        @Test
        void keepsEveryDigitOfItsTimes() throws MalformedExport {
            var json = mapper.map(export("\"flags\":1"), PLACE).json().toUtf8();

            assertThat(json).contains("\"start\":1692529178.868912883", "\"end\":1692529179.868912000");
        }

        @Test
        void doesNotWipeOutWhatWasSaidOfItWhenItIsExportedAgain() throws MalformedExport {
            assertThat(row("\"flags\":1").get("_is_merge").asBoolean()).isTrue();
        }

        @Test
        void isRefusedWithoutAnIdentity() throws MalformedExport {
            var broken = new JsonTraces(500)
                    .read(ByteSlice.ofUtf8("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%s\"}]}]}]}"
                            .formatted("0".repeat(32))))
                    .getFirst();

            assertThatThrownBy(() -> mapper.map(broken, PLACE))
                    .isInstanceOf(MalformedExport.class)
                    .hasMessageContaining("trace id");
        }
    }

    @Nested
    class GenAiConventions {
        @Test
        void messagesComeStructuredOrAsText() throws MalformedExport {
            var messages = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]";
            var structured = """
                    {"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"role","value":{"stringValue":"user"}},
                    {"key":"parts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[
                    {"key":"type","value":{"stringValue":"text"}},{"key":"content","value":{"stringValue":"hi"}}]}}]}}}]}}]}}
                    """;

            var fromText = row(attributes("gen_ai.input.messages", text(messages)));
            var fromStructure = row(attributes("gen_ai.input.messages", structured));

            assertThat(fromText.get("input")).isEqualTo(JSON.readTree(messages));
            assertThat(fromStructure.get("input")).isEqualTo(JSON.readTree(messages));
            assertThat(fromText.at("/context/otel/mapped/gen_ai.input.messages").asString())
                    .isEqualTo("input");
        }

        @Test
        void modelTokensAndTypeFindTheirPlaces() throws MalformedExport {
            var row = row(attributes(
                    "gen_ai.operation.name", text("chat"),
                    "gen_ai.request.model", text("gpt-4o"),
                    "gen_ai.response.model", text("gpt-4o-2024"),
                    "gen_ai.usage.input_tokens", "{\"intValue\":\"113\"}",
                    "gen_ai.usage.output_tokens", "{\"intValue\":41}"));

            assertThat(row.at("/span_attributes/type").asString()).isEqualTo("llm");
            assertThat(row.at("/metadata/model").asString()).isEqualTo("gpt-4o");
            assertThat(row.at("/metadata/gen_ai.response.model").asString()).isEqualTo("gpt-4o-2024");
            assertThat(row.at("/metadata/gen_ai.operation.name").asString()).isEqualTo("chat");
            assertThat(row.at("/metrics/prompt_tokens").asInt()).isEqualTo(113);
            assertThat(row.at("/metrics/tokens").asInt()).isEqualTo(154);
        }

        @Test
        void olderFlattenedMessagesBecomeArrays() throws MalformedExport {
            var row = row(attributes(
                    "gen_ai.prompt.0.role", text("user"),
                    "gen_ai.prompt.0.content", text("hi"),
                    "gen_ai.prompt.1.tool_calls.0.name", text("find"),
                    "gen_ai.completion.0.content", text("yo")));

            assertThat(row.get("input").toString())
                    .isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"},{\"tool_calls\":[{\"name\":\"find\"}]}]");
            assertThat(row.get("output").toString()).isEqualTo("[{\"content\":\"yo\"}]");
        }

        @Test
        void olderMessageEventsBecomeInputAndOutput() throws MalformedExport {
            var row = row("""
                    "events":[
                    {"timeUnixNano":"1","name":"gen_ai.system.message","attributes":[{"key":"content","value":{"stringValue":"be kind"}}]},
                    {"timeUnixNano":"2","name":"gen_ai.user.message","attributes":[{"key":"content","value":{"stringValue":"hi"}}]},
                    {"timeUnixNano":"3","name":"gen_ai.choice","attributes":[{"key":"message","value":{"stringValue":"{\\"content\\":\\"yo\\"}"}}]}]
                    """);

            assertThat(row.get("input").toString())
                    .isEqualTo(
                            "[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"hi\"}]");
            assertThat(row.get("output").toString())
                    .isEqualTo("[{\"role\":\"assistant\",\"message\":{\"content\":\"yo\"}}]");
            assertThat(row.at("/context/otel/events").size()).isEqualTo(3);
        }

        @Test
        void evaluationsBecomeScores() throws MalformedExport {
            var row = row("""
                    "events":[{"name":"gen_ai.evaluation.result","attributes":[
                    {"key":"gen_ai.evaluation.name","value":{"stringValue":"relevance"}},
                    {"key":"gen_ai.evaluation.score.value","value":{"doubleValue":0.67}}]}]
                    """);

            assertThat(row.at("/scores/relevance").asDouble()).isEqualTo(0.67);
        }

        @Test
        void aTextThatSaysANumberStaysText() throws MalformedExport {
            var row = row(attributes("gen_ai.tool.call.result", text("42")));

            assertThat(row.get("output").asString()).isEqualTo("42");
            assertThat(row.get("output").isString()).isTrue();
        }
    }

    @Nested
    class OpenInference {
        @Test
        void messagesLoseTheirWrappersAndTheRawValueIsKept() throws MalformedExport {
            var row = row(attributes(
                    "openinference.span.kind", text("LLM"),
                    "input.value", text("{\"raw\":true}"),
                    "llm.input_messages.0.message.role", text("user"),
                    "llm.input_messages.0.message.contents.0.message_content.text", text("hi"),
                    "llm.output_messages.0.message.tool_calls.0.tool_call.function.name", text("find"),
                    "llm.model_name", text("gpt-4"),
                    "llm.token_count.prompt", "{\"intValue\":3}",
                    "tag.tags", "{\"arrayValue\":{\"values\":[{\"stringValue\":\"a\"}]}}",
                    "metadata", text("{\"user\":\"u1\"}")));

            assertThat(row.get("input").toString()).isEqualTo("[{\"role\":\"user\",\"contents\":[{\"text\":\"hi\"}]}]");
            assertThat(row.get("output").toString())
                    .isEqualTo("[{\"tool_calls\":[{\"function\":{\"name\":\"find\"}}]}]");
            assertThat(row.at("/metadata/input.value").asString()).isEqualTo("{\"raw\":true}");
            assertThat(row.at("/metadata/model").asString()).isEqualTo("gpt-4");
            assertThat(row.at("/metadata/user").asString()).isEqualTo("u1");
            assertThat(row.at("/metrics/prompt_tokens").asInt()).isEqualTo(3);
            assertThat(row.get("tags").toString()).isEqualTo("[\"a\"]");
            assertThat(row.at("/span_attributes/type").asString()).isEqualTo("llm");
        }
    }

    @Nested
    class BraintrustAttributes {
        @Test
        void jsonTextIsTakenVerbatim() throws MalformedExport {
            var json = mapper.map(
                            export(attributes(
                                            "braintrust.input_json",
                                                    text(
                                                            "{\"n\":1e308,\"s\":\"\\ud800\",\"big\":123456789012345678901}"),
                                            "braintrust.metadata", text("{\"k\":-0.0,\"model\":\"m\"}"),
                                            "gen_ai.request.model", text("other"),
                                            "braintrust.scores", text("{\"rating\":0.40}"),
                                            "braintrust.expected", text("\"e\""))
                                    + ",\"status\":{}"),
                            PLACE)
                    .json()
                    .toUtf8();

            assertThat(json)
                    .contains("\"input\":{\"n\":1e308,\"s\":\"\\ud800\",\"big\":123456789012345678901}")
                    .contains("\"k\":-0.0")
                    .contains("\"model\":\"m\"")
                    .contains("\"gen_ai.request.model\":\"other\"")
                    .contains("\"rating\":0.40")
                    .contains("\"expected\":\"e\"");
        }

        @Test
        void textThatIsNoJsonStaysText() throws MalformedExport {
            assertThat(row(attributes("braintrust.input_json", text("{broken")))
                            .get("input")
                            .asString())
                    .isEqualTo("{broken");
        }
    }

    @Nested
    class Errors {
        @Test
        void theStatusMessageIsTheError() throws MalformedExport {
            var row = row("\"status\":{\"code\":2,\"message\":\"{\\\"type\\\":\\\"E\\\"}\"}");

            assertThat(row.get("error").toString()).isEqualTo("{\"type\":\"E\"}");
        }

        @Test
        void anExceptionIsTheErrorWhereTheStatusSaysNothing() throws MalformedExport {
            var row = row("""
                    "status":{"code":"STATUS_CODE_ERROR"},"events":[{"name":"exception","attributes":[
                    {"key":"exception.type","value":{"stringValue":"java.io.IOException"}},
                    {"key":"exception.message","value":{"stringValue":"gone"}}]}]
                    """);

            assertThat(row.get("error").toString())
                    .isEqualTo("{\"type\":\"java.io.IOException\",\"message\":\"gone\"}");
        }

        @Test
        void anErrorThatSaysNothingIsOneAllTheSame() throws MalformedExport {
            assertThat(row("\"status\":{\"code\":2}").get("error").asString()).isEmpty();
            assertThat(row("\"status\":{\"code\":1}").has("error")).isFalse();
        }
    }

    @Nested
    class BelowAnExportedSpan {
        @Test
        void rootsHangBelowItAndAllJoinItsTrace() throws MalformedExport {
            var place = new RowPlace(
                    PLACE.object(),
                    Optional.of(new SpanParent.SpanLink("1111111111111111", "2222")),
                    Map.of("metadata", "{\"run\":7}"));

            var row = row("\"flags\":1", place);

            assertThat(row.get("root_span_id").asString()).isEqualTo("2222");
            assertThat(row.get("span_parents").toString()).isEqualTo("[\"1111111111111111\"]");
            assertThat(row.at("/metadata/run").asInt()).isEqualTo(7);
        }
    }

    @Nested
    class InBinary {
        @Test
        void theSameSpanMakesTheSameRow() throws MalformedExport {
            var span = Span.newBuilder()
                    .setTraceId(ByteString.fromHex(TRACE))
                    .setSpanId(ByteString.fromHex(SPAN))
                    .setName("n")
                    .setKindValue(3)
                    .setStartTimeUnixNano(1692529178868912883L)
                    .setEndTimeUnixNano(1692529179868912000L)
                    .addAttributes(KeyValue.newBuilder()
                            .setKey("gen_ai.usage.input_tokens")
                            .setValue(AnyValue.newBuilder().setIntValue(3)));
            var request = ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(ResourceSpans.newBuilder()
                            .setResource(io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                                    .addAttributes(KeyValue.newBuilder()
                                            .setKey("service.name")
                                            .setValue(AnyValue.newBuilder().setStringValue("shop"))))
                            .addScopeSpans(ScopeSpans.newBuilder()
                                    .setScope(io.opentelemetry.proto.common.v1.InstrumentationScope.newBuilder()
                                            .setName("agent")
                                            .setVersion("2"))
                                    .addSpans(span)))
                    .build();

            var binary = new ProtobufTraces(500)
                    .read(ByteSlice.of(request.toByteArray()))
                    .getFirst();

            assertThat(mapper.map(binary, PLACE).json().toUtf8())
                    .isEqualTo(mapper.map(export(attributes("gen_ai.usage.input_tokens", "{\"intValue\":3}")), PLACE)
                            .json()
                            .toUtf8());
        }

        @Test
        void valuesNestedBeyondTheDefaultLimitAreTaken() throws MalformedExport {
            var deep = new ProtobufTraces(500).read(ByteSlice.of(nested(400))).getFirst();

            assertThat(mapper.map(deep, PLACE).json().toUtf8()).contains("\"bottom\"");
        }

        @Test
        void valuesNestedTooDeepAreRefusedWithTheLimit() {
            assertThatThrownBy(() -> new ProtobufTraces(500).read(ByteSlice.of(nested(600))))
                    .isInstanceOf(MalformedExport.class)
                    .hasMessageContaining("deeper than 500 levels");
        }

        @Test
        void halfAMessageIsRefused() {
            var whole = nested(3);

            assertThatThrownBy(() -> new ProtobufTraces(500).read(ByteSlice.of(whole, 0, whole.length / 2)))
                    .isInstanceOf(MalformedExport.class)
                    .hasMessageContaining("cut off");
        }

        private byte[] nested(int levels) {
            var value = AnyValue.newBuilder().setStringValue("bottom").build();
            for (int i = 0; i < levels; i++) {
                value = AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder()
                                .addValues(KeyValue.newBuilder().setKey("k").setValue(value)))
                        .build();
            }
            return ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(ResourceSpans.newBuilder()
                            .addScopeSpans(ScopeSpans.newBuilder()
                                    .addSpans(Span.newBuilder()
                                            .setTraceId(ByteString.fromHex(TRACE))
                                            .setSpanId(ByteString.fromHex(SPAN))
                                            .addAttributes(KeyValue.newBuilder()
                                                    .setKey("deep")
                                                    .setValue(value)))))
                    .build()
                    .toByteArray();
        }
    }
}
