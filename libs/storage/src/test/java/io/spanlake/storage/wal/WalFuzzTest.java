package io.spanlake.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.envelope.EnvelopeException;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.Sealed;

/** Any bytes are a WAL object, its footer, a block, a record, or refused as none. */
class WalFuzzTest {
    private static final PackedBlock GOLDEN = GoldenRecord.block();

    @FuzzTest
    void anyBlobIsReadOrRefused(byte[] bytes) {
        try {
            WalObjectReader.readAll(ByteSlice.of(bytes));
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    /** With the right checksums: the first four bytes say how long the blocks before the footer are. */
    @FuzzTest
    void anyFooterIsReadOrRefused(byte[] bytes) {
        var madeUp = Sealed.Footer.of(bytes);
        if (madeUp.isEmpty()) {
            return;
        }
        long before = madeUp.get().bytesBefore();
        var plain = madeUp.get().plain();
        WalFooter footer;
        var end = Sealed.end(WalFormat.FORMAT, plain, before);
        try {
            footer = WalFooter.parse(end, before + end.length());
        } catch (BlobFormatException refused) {
            return;
        }

        assertThat(FooterWriter.footer(footer).toSlice()).isEqualTo(plain);
    }

    /** With the right checksum. The footer has hashes of ids; of the JSON it says only how long it is. */
    @FuzzTest
    void anyBlockIsReadOrRefused(byte[] bytes) {
        var frame = Sealed.frame(ByteSlice.of(bytes));
        var block = new BlockRef(GOLDEN.object(), 16, frame.length(), bytes.length, Crc.of(frame), GOLDEN.writes());
        try {
            assertThat(WalBlockReader.decode(block, frame))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("json")
                    .isEqualTo(GoldenRecord.packed());
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    @FuzzTest
    void anyRecordIsReadOrRefused(byte[] bytes) {
        var bytesOfRows = WritesRecord.rowBytes(ByteSlice.of(bytes));
        assertThat(bytesOfRows).isBetween(bytes.length, Math.max(bytes.length, WalFormat.BLOCK_BYTES_MAX));
        try {
            var record = WritesRecord.read(ByteSlice.of(bytes));
            var writes = record.writes();
            assertThat(WritesRecord.read(ByteSlice.of(bytes)).writes()).isEqualTo(writes);
        } catch (EnvelopeException refused) {
            // As it should be.
        }
    }

    /** With the right checksums: a head, its length first, and what is in the block. */
    @FuzzTest
    void anyPackedRecordIsReadOrRefused(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        int headBytes = Math.min((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF), bytes.length - 2);
        var frame = Sealed.frame(ByteSlice.of(bytes, 2 + headBytes, bytes.length - 2 - headBytes));
        var record = new byte[headBytes + Integer.BYTES + frame.length()];
        System.arraycopy(bytes, 2, record, 0, headBytes);
        int crc = Crc.of(ByteSlice.of(record, 0, headBytes));
        for (int i = 0; i < Integer.BYTES; i++) {
            record[headBytes + i] = (byte) (crc >>> (8 * i));
        }
        System.arraycopy(frame.array(), frame.offset(), record, headBytes + Integer.BYTES, frame.length());
        anyRecordIsReadOrRefused(record);
    }
}
