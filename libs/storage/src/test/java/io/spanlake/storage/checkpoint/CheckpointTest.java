package io.spanlake.storage.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.storage.container.BlobFormatException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 2));
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            ORGANIZATION,
            new ObjectRef(ObjectType.DATASET, "évaluation"),
            new UUID(3, 4),
            17,
            new UUID(5, 6),
            List.of(
                    new Checkpoint.Part("orgs/o/parts/dataset/d/1.part", 0, ""),
                    new Checkpoint.Part("orgs/o/parts/dataset/d/2.part", 3, "orgs/o/parts/dataset/d/2.dv-3-x")),
            List.of(new Checkpoint.Section("orgs/o/processed/1.rows", new UUID(7, 8), 40, true)),
            List.of(new Checkpoint.Floor(0, 1, 0), new Checkpoint.Floor(1, 2, Long.MAX_VALUE >> 1)));

    @Test
    void whatWasPublishedIsReadBack() {
        assertThat(Checkpoint.decode(blob(CHECKPOINT))).isEqualTo(CHECKPOINT);
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() {
        byte[] bytes = blob(CHECKPOINT).toArray();

        for (int i = 0; i < bytes.length; i++) {
            var flipped = bytes.clone();
            flipped[i] ^= 0x40;
            assertThatThrownBy(() -> Checkpoint.decode(ByteSlice.of(flipped)))
                    .as("byte %d", i)
                    .isInstanceOf(BlobFormatException.class);
            var cut = ByteSlice.of(bytes, 0, i);
            assertThatThrownBy(() -> Checkpoint.decode(cut)).as("cut at %d", i).isInstanceOf(BlobFormatException.class);
        }
    }

    private static ByteSlice blob(Checkpoint checkpoint) {
        var bytes = new ByteArrayOutputStream();
        checkpoint.encode().forEach(part -> bytes.writeBytes(part.toArray()));
        return ByteSlice.of(bytes.toByteArray());
    }
}
