package io.spanlake.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.json.JsonCheck;
import io.spanlake.model.json.JsonLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any export is spans or refused; each span is a row of sound JSON or refused by itself. */
class OtlpFuzzTest {
    private static final RowPlace PLACE =
            new RowPlace(new ObjectRef(ObjectType.PROJECT_LOGS, "p"), Optional.empty(), Map.of());
    private static final SpanMapper MAPPER = new SpanMapper(MappingTable.load(), new ValueForms(JsonLimits.DEFAULT));

    @FuzzTest
    void anyProtobufIsSpansOrRefused(byte[] bytes) {
        List<ExportedSpan> spans;
        try {
            spans = new ProtobufTraces(500).read(ByteSlice.of(bytes));
        } catch (MalformedExport refused) {
            return;
        }

        spans.forEach(OtlpFuzzTest::mustBeARowOrRefused);
    }

    @FuzzTest
    void anyJsonIsSpansOrRefused(byte[] bytes) {
        List<ExportedSpan> spans;
        try {
            spans = new JsonTraces(500).read(ByteSlice.of(bytes));
        } catch (MalformedExport refused) {
            return;
        }

        spans.forEach(OtlpFuzzTest::mustBeARowOrRefused);
    }

    private static void mustBeARowOrRefused(ExportedSpan span) {
        try {
            assertThat(JsonCheck.check(MAPPER.map(span, PLACE).json(), JsonLimits.DEFAULT))
                    .isEmpty();
        } catch (MalformedExport refused) {
            // As it should be.
        }
    }

    @FuzzTest
    void anyParentIsReadOrRefused(byte[] bytes) {
        try {
            SpanParent.parse(ByteSlice.of(bytes).toUtf8());
        } catch (MalformedExport refused) {
            // As it should be.
        }
    }
}
