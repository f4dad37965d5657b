package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.Crc;
import io.spanlake.storage.container.Sealed;
import io.spanlake.storage.part.lucene.Hotcache;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Any bytes are a piece of a part or refused as none. */
class PartFuzzTest {
    private static final int ROWS = 5;

    /** The bytes from the tail on, as they come from the store. */
    @FuzzTest
    void anyTailIsReadOrRefused(byte[] bytes) {
        try {
            PartTail.read(ByteSlice.of(bytes), 1_000, 1_000L + bytes.length);
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
        PartFooter footer;
        var end = Sealed.end(PartFormat.BLOB, plain, before);
        try {
            footer = PartFooterReader.read(end, before + end.length());
        } catch (BlobFormatException refused) {
            return;
        }

        footer.statistics(end.length());
        footer.groupOf(footer.counts().rows() - 1);
        for (long hash : new long[] {0, -1, Long.MIN_VALUE, 0x0123_4567_89AB_CDEFL}) {
            var bucket = footer.rowIds().bucket(hash);
            assertThat(bucket.length()).isNotNegative();
        }
        var again = Sealed.end(PartFormat.BLOB, PartFooterWriter.encode(footer).toSlice(), before);
        assertThat(PartFooterReader.read(again, before + again.length()).groups())
                .isEqualTo(footer.groups());
    }

    /** With the right checksums. */
    @FuzzTest
    void anyKeysAreReadOrRefused(byte[] bytes) {
        try {
            var rows = KeyFrame.decode("keys", bytes, ROWS);
            assertThat(KeyFrame.decode("keys", KeyFrame.encode(rows).toSlice().toArray(), ROWS))
                    .isEqualTo(rows);
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    /** With the right checksums. */
    @FuzzTest
    void anyRowsAreReadOrRefused(byte[] bytes) {
        var frame = Sealed.frame(ByteSlice.of(bytes));
        var ref = new FrameRef(16, frame.length(), bytes.length, Crc.of(frame));
        try {
            assertThat(RowFrames.lines(new RowGroup(0, ROWS, false, ref, ref), frame))
                    .hasSize(ROWS)
                    .extracting(line -> line.toUtf8().indexOf('\n'))
                    .containsOnly(-1);
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    /** With the right checksums and the right name: the ordinals and how many they are. */
    @FuzzTest
    void anyDeletionVectorIsReadOrRefused(byte[] bytes) {
        var part = new BlobName("orgs/o/parts/p.part");
        var name = part.value().getBytes(StandardCharsets.UTF_8);
        var footer = ByteBuffer.allocate(name.length + 2 + bytes.length)
                .put((byte) name.length)
                .put(name)
                .put((byte) 1)
                .put(bytes)
                .flip();
        var plain = ByteSlice.of(footer.array(), 0, footer.limit());
        var end = Sealed.end(DeletionVectors.FORMAT, plain, BlobFormat.HEADER_BYTES);
        var blob = new byte[BlobFormat.HEADER_BYTES + end.length()];
        System.arraycopy(DeletionVectors.FORMAT.header().array(), 0, blob, 0, BlobFormat.HEADER_BYTES);
        System.arraycopy(end.array(), end.offset(), blob, BlobFormat.HEADER_BYTES, end.length());
        try {
            var dead = DeletionVectors.decode(part, 1, ByteSlice.of(blob));
            var again = ByteBuffer.allocate(1 << 20);
            DeletionVectors.encode(part, 1, dead).forEach(slice -> again.put(slice.toByteBuffer()));
            var written = ByteSlice.of(again.array(), 0, again.position());
            assertThat(DeletionVectors.decode(part, 1, written)).isEqualTo(dead);
        } catch (BlobFormatException refused) {
            // As it should be.
        }
    }

    @FuzzTest
    void anyHotcacheIsReadOrRefused(byte[] bytes) {
        Hotcache hotcache;
        try {
            hotcache = Hotcache.parse(ByteSlice.of(bytes));
        } catch (IllegalArgumentException refused) {
            return;
        }

        assertThat(hotcache.bytes()).isBetween(0L, (long) bytes.length);
        for (long offset : new long[] {Long.MIN_VALUE, -1, 0, 1, 100, Long.MAX_VALUE}) {
            hotcache.copy("_0.si", offset, ByteBuffer.allocate(64));
        }
    }
}
