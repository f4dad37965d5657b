package io.spanlake.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanParentTest {
    private static final UUID PROJECT = UUID.fromString("708ada76-5035-4203-8135-3e59ce79c497");

    @Test
    void namesAProjectOrAnExperiment() throws MalformedExport {
        assertThat(SpanParent.parse("project_id:abc")).isEqualTo(new SpanParent.Project("abc"));
        assertThat(SpanParent.parse("project_name:a: b")).isEqualTo(new SpanParent.ProjectName("a: b"));
        assertThat(SpanParent.parse("experiment_id:e")).isEqualTo(new SpanParent.Experiment("e"));
    }

    @Test
    void readsASpanThatWasExportedWithHexIds() throws MalformedExport {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {4, 2, 2});
        bytes.write(3);
        bytes.writeBytes(HexFormat.of().parseHex("b7ad6b7169203331"));
        bytes.write(4);
        bytes.writeBytes(HexFormat.of().parseHex("0af7651916cd43dd8448eb211c80319c"));
        bytes.writeBytes(
                ("{\"object_id\":\"" + PROJECT + "\",\"row_id\":\"r\",\"propagated_event\":{\"metadata\":{\"a\":1}}}")
                        .getBytes(StandardCharsets.UTF_8));

        var parent = (SpanParent.Below) SpanParent.parse(Base64.getEncoder().encodeToString(bytes.toByteArray()));

        assertThat(parent.object()).isEqualTo(new SpanParent.Project(PROJECT.toString()));
        assertThat(parent.span())
                .contains(new SpanParent.SpanLink("b7ad6b7169203331", "0af7651916cd43dd8448eb211c80319c"));
        assertThat(parent.inherited()).containsEntry("metadata", "{\"a\":1}");
    }

    @Test
    void readsAnExperimentThatWasExportedWithUuids() throws MalformedExport {
        var bytes = ByteBuffer.allocate(20);
        bytes.put(new byte[] {3, 1, 1, 1});
        bytes.putLong(PROJECT.getMostSignificantBits()).putLong(PROJECT.getLeastSignificantBits());

        var parent = (SpanParent.Below) SpanParent.parse(Base64.getEncoder().encodeToString(bytes.array()));

        assertThat(parent.object()).isEqualTo(new SpanParent.Experiment(PROJECT.toString()));
        assertThat(parent.span()).isEmpty();
    }

    @Test
    void looksUpAProjectThatTheSpanKnowsByName() throws MalformedExport {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {3, 2, 0});
        bytes.writeBytes(
                "{\"compute_object_metadata_args\":{\"project_name\":\"demo\"}}".getBytes(StandardCharsets.UTF_8));

        var parent = (SpanParent.Below) SpanParent.parse(Base64.getEncoder().encodeToString(bytes.toByteArray()));

        assertThat(parent.object()).isEqualTo(new SpanParent.ProjectName("demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "project_id:", "nonsense", "AAAA", "!!!", "BAI=", "AwIB"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SpanParent.parse(text)).isInstanceOf(MalformedExport.class);
    }
}
