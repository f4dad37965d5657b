package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.logging.otlp.OtlpJsonLoggingSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.spanlake.acceptance.RawJson.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of the OpenTelemetry SDK for Java by its own exporters. */
class OpenTelemetryExporterIT {
    private static final String QUESTION =
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"wie geht’s?\"}]}]";
    private static final String REPLY =
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"gut \uD83D\uDE00\"}]}]";

    private final Standalone standalone = Standalone.shared();
    private final Client client = Client.of(standalone);
    private final String project = client.project("otel-" + UUID.randomUUID());

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void aTraceExportedAsProtobufComesBack(String compression) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(standalone.url() + "/otel/v1/traces")
                .addHeader("authorization", "Bearer " + Standalone.KEY)
                .addHeader("x-bt-parent", "project_id:" + project)
                .setCompression(compression)
                .build();

        var trace = export(exporter);

        assertIsThere(trace);
    }

    @Test
    void aTraceInTheJsonOfTheSameSdkComesBackGzipped() throws IOException {
        var lines = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(OtlpJsonLoggingSpanExporter.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        Map<String, String> trace;
        try {
            trace = export(OtlpJsonLoggingSpanExporter.create());
        } finally {
            logger.removeHandler(handler);
        }
        var body = "{\"resourceSpans\":[" + String.join(",", lines) + "]}";

        client.post(
                        "/v1/traces",
                        "application/json",
                        gzip(body),
                        "content-encoding",
                        "gzip",
                        "x-bt-parent",
                        "project_id:" + project)
                .expectOk();

        assertIsThere(trace);
    }

    @Test
    void anExporterWithAWrongKeyIsToldSo() {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(standalone.url() + "/otel/v1/traces")
                .addHeader("authorization", "Bearer wrong")
                .build();
        var outcomes = new Outcomes(exporter);

        try (var provider = provider(outcomes)) {
            provider.get("acceptance").spanBuilder("lost").startSpan().end();
            provider.forceFlush().join(20, TimeUnit.SECONDS);
        }

        assertThat(outcomes.successes).containsExactly(false);
    }

    /** @return name → id of the spans exported, and the trace's id under {@code trace} */
    private static Map<String, String> export(SpanExporter exporter) {
        var outcomes = new Outcomes(exporter);
        Map<String, String> ids;
        try (var provider = provider(outcomes)) {
            ids = record(provider.get("acceptance", "1.0"));
            provider.forceFlush().join(20, TimeUnit.SECONDS);
        }
        assertThat(outcomes.successes).isNotEmpty().containsOnly(true);
        return ids;
    }

    private static SdkTracerProvider provider(SpanExporter exporter) {
        return SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
    }

    /** The SDK drops what its exporter could not send, without a word to the caller; this one keeps how each export went. */
    private static final class Outcomes implements SpanExporter {
        private final List<Boolean> successes = new CopyOnWriteArrayList<>();
        private final SpanExporter exporter;

        Outcomes(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            var result = exporter.export(spans);
            result.whenComplete(() -> successes.add(result.isSuccess()));
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    private static Map<String, String> record(Tracer tracer) {
        var root = tracer.spanBuilder("agent run")
                .setAttribute("gen_ai.operation.name", "invoke_agent")
                .startSpan();
        var chat = tracer.spanBuilder("chat gpt-4o")
                .setParent(Context.root().with(root))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.request.model", "gpt-4o")
                .setAttribute("gen_ai.input.messages", QUESTION)
                .setAttribute("gen_ai.output.messages", REPLY)
                .setAttribute("gen_ai.usage.input_tokens", 17)
                .setAttribute("gen_ai.usage.output_tokens", 4)
                .setAttribute(AttributeKey.doubleKey("own.ratio"), 0.25)
                .setAttribute(AttributeKey.longArrayKey("own.numbers"), List.of(1L, Long.MAX_VALUE))
                .startSpan();
        chat.end();
        var tool = tracer.spanBuilder("execute_tool search")
                .setParent(Context.root().with(root))
                .setAttribute("gen_ai.operation.name", "execute_tool")
                .setAttribute("gen_ai.tool.name", "search")
                .startSpan();
        tool.recordException(new IllegalStateException("nothing found"));
        tool.setStatus(StatusCode.ERROR, "nothing found");
        tool.end();
        root.end();
        return Map.of(
                "trace", root.getSpanContext().getTraceId(), "root", id(root), "chat", id(chat), "tool", id(tool));
    }

    private void assertIsThere(Map<String, String> trace) {
        var rows =
                Rows.by(row -> row.text("span_id"), client.trace(project, Objects.requireNonNull(trace.get("trace"))));
        assertThat(rows).containsOnlyKeys(trace.get("root"), trace.get("chat"), trace.get("tool"));
        var chat = Objects.requireNonNull(rows.get(trace.get("chat")));
        var tool = Objects.requireNonNull(rows.get(trace.get("tool")));

        assertThat(chat.get("span_parents")).isEqualTo(RawJson.parse("[\"%s\"]".formatted(trace.get("root"))));
        assertAttributes(chat, "chat gpt-4o", "llm");
        assertThat(Texts.of(chat.get("input"))).contains("wie geht’s?");
        assertThat(Texts.of(chat.get("output"))).contains("gut \uD83D\uDE00");
        assertThat(Plain.of(chat.get("metrics"))).contains("prompt_tokens:17", "completion_tokens:4");
        assertThat(Plain.of(chat.get("metadata"))).contains("model:gpt-4o", "0.25", "[1,9223372036854775807]");
        assertAttributes(tool, "execute_tool search", "tool");
        assertThat(Texts.of(tool.get("error"))).anyMatch(text -> text.contains("nothing found"));
    }

    private static void assertAttributes(Fields row, String name, String type) {
        var attributes = row.get("span_attributes").asObject();
        assertThat(attributes.text("name")).isEqualTo(name);
        assertThat(attributes.text("type")).isEqualTo(type);
    }

    private static String id(Span span) {
        return span.getSpanContext().getSpanId();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
