package io.spanlake.catalog.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Any bytes are a checkpoint or refused as none. */
class CheckpointFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] bytes) {
        try {
            CheckpointCodec.decode("blob", ByteSlice.of(bytes));
        } catch (CheckpointFormatException refused) {
            // As it should be.
        }
    }

    /** Behind gzip's own checksum. */
    @FuzzTest
    void anyJsonIsReadOrRefused(byte[] json) {
        Checkpoint checkpoint;
        try {
            checkpoint = CheckpointCodec.decode("blob", gzip(json));
        } catch (CheckpointFormatException refused) {
            return;
        }

        assertThat(CheckpointCodec.decode("blob", CheckpointCodec.encode(checkpoint)))
                .isEqualTo(checkpoint);
    }

    private static ByteSlice gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteSlice.of(out.toByteArray());
    }
}
