package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.spanlake.acceptance.RawJson.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same 200 spans, edge cases among them, by every way in. */
class SampleThroughEveryDoorIT {
    private static final String PROJECT_OF_THE_SAMPLE = "b7a1c0de-0000-4000-8000-00000000000a";
    /** Attributes that carry a field whole. */
    private static final Map<String, String> AS_TEXT = Map.of(
            "braintrust.input_json", "input",
            "braintrust.output_json", "output",
            "braintrust.expected", "expected",
            "braintrust.scores", "scores",
            "braintrust.tags", "tags");

    private static final List<String> SENT_FIELDS = List.of(
            "span_id",
            "root_span_id",
            "span_parents",
            "created",
            "input",
            "output",
            "expected",
            "error",
            "metadata",
            "metrics",
            "scores",
            "tags",
            "span_attributes",
            "context");

    private final Client client = Client.of(Standalone.shared());
    private final String project = client.project("sample-" + UUID.randomUUID());

    @Test
    void rowsAndMergesOfLogs3ComeBackByteForByte() {
        var bodies = Samples.text("sample-200.logs3.jsonl").replace(PROJECT_OF_THE_SAMPLE, project);
        var sent = new ArrayList<Fields>();
        for (var body : Samples.linesOf(bodies)) {
            client.postJson("/logs3", body).expectOk();
            RawJson.parseObject(body).get("rows").asList().forEach(row -> sent.add(row.asObject()));
        }

        var read = Rows.byId(client.rows(project));

        var expected = Merges.fold(sent);
        assertThat(read).hasSize(200).containsOnlyKeys(expected.keySet());
        expected.forEach((id, row) -> Rows.assertSame(id, row, read.getOrDefault(id, row), SENT_FIELDS));
    }

    @Test
    void everyTraceComesBackWholeAndInOrderOfStart() {
        var bodies = Samples.text("sample-200.logs3.jsonl").replace(PROJECT_OF_THE_SAMPLE, project);
        Samples.linesOf(bodies).forEach(body -> client.postJson("/logs3", body).expectOk());
        var all = client.rows(project).stream().collect(Collectors.groupingBy(row -> row.text("root_span_id")));

        all.forEach((root, rows) -> {
            var trace = client.trace(project, root);

            assertThat(trace).as(root).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(trace.stream().map(SampleThroughEveryDoorIT::start).toList())
                    .as(root)
                    .isSorted();
        });
    }

    @Test
    void spansOfOtlpJsonComeBack() {
        var body = Samples.text("sample-200.otlp.json").getBytes(StandardCharsets.UTF_8);

        var answer = client.post("/otel/v1/traces", "application/json", body, parent())
                .expectOk();

        assertThat(answer.json().has("partialSuccess")).as(answer.body()).isFalse();
        assertSpansAreThere();
    }

    @Test
    void spansOfOtlpProtobufComeBack() throws Exception {
        var request = OtlpProtobuf.of(RawJson.parseObject(Samples.text("sample-200.otlp.json")));

        var answer = client.post("/v1/traces", "application/x-protobuf", request.toByteArray(), parent())
                .expectOk();

        var response = ExportTraceServiceResponse.parseFrom(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(response.hasPartialSuccess()).isFalse();
        assertSpansAreThere();
    }

    private void assertSpansAreThere() {
        var exported = exportedAttributes();
        var read = Rows.by(NeutralSpan::keyOf, client.rows(project));
        var spans = NeutralSpan.ofLines(Samples.text("sample-200.jsonl"));

        assertThat(read)
                .hasSize(200)
                .containsOnlyKeys(spans.stream().map(NeutralSpan::key).toList());
        for (var span : spans) {
            assertIsExported(
                    span, exported.getOrDefault(span.key(), Map.of()), read.getOrDefault(span.key(), span.json()));
        }
    }

    /** What was exported as JSON text is there byte for byte; of messages in their own form every text is there. */
    private static void assertIsExported(NeutralSpan span, Map<String, RawJson> exported, Fields row) {
        span.assertPlaceAndTimes(row);
        span.assertContains("metadata", row);
        span.assertContains("metrics", row);
        AS_TEXT.forEach((attribute, field) -> {
            if (exported.containsKey(attribute)) {
                Rows.assertSame(span.key(), span.json(), row, List.of(field));
            }
        });
        exported.forEach((name, value) -> {
            if (name.startsWith("gen_ai.")) {
                assertTextsAreIn(span.key() + " " + name, value, row);
            }
        });
    }

    private static void assertTextsAreIn(String what, RawJson exported, Fields row) {
        var texts = Texts.of(row);
        for (var text : Texts.ofAttribute(exported.asObject())) {
            assertThat(texts).as(what).contains(text);
        }
    }

    private static Map<String, Map<String, RawJson>> exportedAttributes() {
        return RawJson.parseObject(Samples.text("sample-200.otlp.json")).get("resourceSpans").asList().stream()
                .flatMap(resource -> resource.asObject().get("scopeSpans").asList().stream())
                .flatMap(scope -> scope.asObject().get("spans").asList().stream())
                .map(RawJson::asObject)
                .collect(Collectors.toMap(
                        span -> span.text("traceId") + "/" + span.text("spanId"),
                        SampleThroughEveryDoorIT::attributes));
    }

    private static Map<String, RawJson> attributes(Fields span) {
        return span.get("attributes").asList().stream()
                .map(RawJson::asObject)
                .collect(Collectors.toMap(pair -> pair.text("key"), pair -> pair.get("value")));
    }

    private String[] parent() {
        return new String[] {"x-bt-parent", "project_id:" + project};
    }

    private static double start(Fields row) {
        return Double.parseDouble(row.get("metrics").asObject().text("start"));
    }
}
