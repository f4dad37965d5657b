package io.spanlake.model.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;

/** Any bytes are an envelope or refused as none; what was read, written and read again is the same. */
class EnvelopeFuzzTest {
    @FuzzTest
    void anyBytesAreAnEnvelopeOrRefused(byte[] bytes) {
        Envelope envelope;
        try {
            envelope = EnvelopeReader.read(ByteSlice.of(bytes));
        } catch (EnvelopeException refused) {
            return;
        }

        var writer = new EnvelopeWriter(envelope.organization());
        envelope.writes().forEach(writer::add);
        assertThat(EnvelopeReader.read(ByteSlice.of(writer.toRecord()))).isEqualTo(envelope);
    }
}
