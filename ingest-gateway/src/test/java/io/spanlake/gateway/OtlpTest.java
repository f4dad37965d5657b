package io.spanlake.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.spanlake.gateway.GatewayProcess.Setup;
import io.spanlake.model.WriteKind;
import io.spanlake.testkit.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private GatewayProcess gateway;

    @BeforeAll
    void start() {
        gateway = GatewayProcess.start(Setup.with(RedisServer.shared().url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private Answer export(String type, String encoding, String parent, byte[] body) {
        var request = gateway.request("/otel/v1/traces").header("Content-Type", type);
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        if (!parent.isEmpty()) {
            request.header("x-bt-parent", parent);
        }
        return gateway.send(request.POST(BodyPublishers.ofByteArray(body)).build());
    }

    private Answer exportToProject(byte[] protobuf) {
        return export(PROTOBUF, "", "project_id:" + gateway.project(), protobuf);
    }

    private static String traceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Span.Builder span(String traceId, String spanId) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(spanId)))
                .setName("chat")
                .setStartTimeUnixNano(1L)
                .addAttributes(KeyValue.newBuilder()
                        .setKey("gen_ai.request.model")
                        .setValue(AnyValue.newBuilder().setStringValue("m")));
    }

    private static byte[] protobuf(Span.Builder... spans) {
        var scope = ScopeSpans.newBuilder();
        for (var span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static String json(String traceId) {
        return """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"chat"}]}]}]}
                """.formatted(traceId);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private List<WritesTopic.Written> written(String traceId) {
        return gateway.topic().all().stream()
                .filter(one -> one.write().traceId().filter(traceId::equals).isPresent())
                .toList();
    }

    @Test
    void spansInBinaryBecomeRowsOfTheirProject() {
        var trace = traceId();

        var answer = exportToProject(protobuf(span(trace, "b7ad6b7169203331"), span(trace, "00f067aa0ba902b7")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).contains(PROTOBUF);
        assertThat(answer.body()).isEmpty();
        assertThat(written(trace)).hasSize(2).allSatisfy(one -> {
            assertThat(one.write().kind()).isEqualTo(WriteKind.MERGE);
            assertThat(one.write().object().toString()).isEqualTo("project_logs:" + gateway.project());
            assertThat(one.json()).contains("\"model\":\"m\"");
        });
    }

    @Test
    void jsonMayComeCompressed() throws IOException {
        var gzipped = traceId();
        var zstd = traceId();

        var first = export(JSON, "gzip", "project_name:demo", gzip(json(gzipped).getBytes(StandardCharsets.UTF_8)));
        var second = export(
                JSON, "zstd", "project_name:demo", Zstd.compress(json(zstd).getBytes(StandardCharsets.UTF_8)));

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().toString()).isEqualTo("{}");
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(written(gzipped)).hasSize(1);
        assertThat(written(zstd)).hasSize(1);
    }

    @Test
    void aSpanWithoutIdentityIsNamedAndHoldsUpNoOther() throws InvalidProtocolBufferException {
        var trace = traceId();
        var broken = span("0".repeat(32), "b7ad6b7169203331");

        var answer = exportToProject(protobuf(broken, span(trace, "00f067aa0ba902b7")));

        var response = ExportTraceServiceResponse.parseFrom(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(response.getPartialSuccess().getRejectedSpans()).isOne();
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("trace id", "b7ad6b7169203331");
        assertThat(written(trace)).hasSize(1);
    }

    @Test
    void aSpanMayNameItsOwnPlace() {
        var trace = traceId();
        var named = span(trace, "b7ad6b7169203331")
                .addAttributes(KeyValue.newBuilder()
                        .setKey("braintrust.parent")
                        .setValue(AnyValue.newBuilder().setStringValue("project_id:" + gateway.project())));

        var answer = export(PROTOBUF, "", "", protobuf(named));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(written(trace)).hasSize(1);
    }

    @Test
    void withoutAPlaceTheExportIsRefused() {
        var answer = export(PROTOBUF, "", "", protobuf(span(traceId(), "b7ad6b7169203331")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).contains("application/problem+json");
        assertThat(answer.detail()).contains("x-bt-parent");
    }

    @Test
    void aForeignProjectIsRefused() {
        var answer = export(
                PROTOBUF, "", "project_id:" + gateway.foreignProject(), protobuf(span(traceId(), "b7ad6b7169203331")));

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void halfAMessageIsRefusedAndTheNextGoodOneIsTaken() {
        var trace = traceId();
        var whole = protobuf(span(trace, "b7ad6b7169203331"));

        var half = exportToProject(java.util.Arrays.copyOf(whole, whole.length / 2));
        var next = exportToProject(whole);

        assertThat(half.status()).isEqualTo(400);
        assertThat(half.detail()).contains("cut off");
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void anotherContentTypeIsRefused() {
        var answer = export("text/plain", "", "project_name:demo", new byte[] {1});

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.contentType()).contains("application/problem+json");
    }
}
