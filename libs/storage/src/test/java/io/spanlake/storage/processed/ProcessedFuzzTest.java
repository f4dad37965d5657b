package io.spanlake.storage.processed;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.Sealed;

/** Any bytes are a processed blob, its footer, a filter, or refused as none. */
class ProcessedFuzzTest {
    @FuzzTest
    void anyBlobIsReadOrRefused(byte[] bytes) {
        try {
            ProcessedBlobReader.readAll(ByteSlice.of(bytes));
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    /** With the right checksums: the first four bytes say how long what lies before the footer is. */
    @FuzzTest
    void anyFooterIsReadOrRefused(byte[] bytes) {
        var madeUp = Sealed.Footer.of(bytes);
        if (madeUp.isEmpty()) {
            return;
        }
        long before = madeUp.get().bytesBefore();
        var plain = madeUp.get().plain();
        ProcessedFooter footer;
        var end = Sealed.end(ProcessedFormat.FORMAT, plain, before);
        try {
            footer = ProcessedFooter.parse(end, before + end.length());
        } catch (BlobFormatException refused) {
            return;
        }

        var written = ProcessedFooterWriter.footer(footer.organization(), footer.sections())
                .toSlice();
        var endAgain = Sealed.end(ProcessedFormat.FORMAT, written, before);
        assertThat(ProcessedFooter.parse(endAgain, before + endAgain.length()).sections())
                .isEqualTo(footer.sections());
    }

    @FuzzTest
    void anyFilterIsReadOrRefused(byte[] bytes) {
        try {
            TokenFilter.read(ByteSlice.of(bytes)).mayHaveWords("refund of order 4711 größer");
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }
}
