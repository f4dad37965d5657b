package io.spanlake.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobName;
import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.BlobFormatException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class DeletionVectorsTest {
    private static final BlobName PART = new BlobName("orgs/o/parts/dataset/d/01.part");
    private static final RoaringBitmap DEAD = RoaringBitmap.bitmapOf(0, 1, 2, 3, 70_000, 1 << 30);

    @Test
    void whatWasDeadIsDead() {
        var blob = blob(DeletionVectors.encode(PART, 3, DEAD));

        assertThat(DeletionVectors.decode(PART, 3, blob)).isEqualTo(DEAD);
    }

    @Test
    void thatOfAnotherPartOrVersionIsRefused() {
        var blob = blob(DeletionVectors.encode(PART, 3, DEAD));

        assertThatThrownBy(() -> DeletionVectors.decode(PART, 4, blob)).isInstanceOf(BlobFormatException.class);
        assertThatThrownBy(() -> DeletionVectors.decode(new BlobName("orgs/o/parts/dataset/d/02.part"), 3, blob))
                .isInstanceOf(BlobFormatException.class);
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() {
        byte[] bytes = blob(DeletionVectors.encode(PART, 3, DEAD)).toArray();

        for (int i = 0; i < bytes.length; i++) {
            var flipped = bytes.clone();
            flipped[i] ^= 0x10;
            assertThatThrownBy(() -> DeletionVectors.decode(PART, 3, ByteSlice.of(flipped)))
                    .as("byte %d", i)
                    .isInstanceOf(BlobFormatException.class);
            var cut = ByteSlice.of(bytes, 0, i);
            assertThatThrownBy(() -> DeletionVectors.decode(PART, 3, cut))
                    .as("cut at %d", i)
                    .isInstanceOf(BlobFormatException.class);
        }
    }

    private static ByteSlice blob(List<ByteSlice> parts) {
        var bytes = new ByteArrayOutputStream();
        parts.forEach(part -> bytes.writeBytes(part.toArray()));
        return ByteSlice.of(bytes.toByteArray());
    }
}
