package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.ORGANIZATION;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.dead;
import static io.spanlake.catalog.Stages.file;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointTest {
    private static final UUID SWAP = new UUID(8, 8);

    Stages stages;

    @BeforeAll
    void open() {
        stages = new Stages();
    }

    @AfterAll
    void close() {
        stages.close();
    }

    @BeforeEach
    void twoPartitions() {
        stages.begin(2);
    }

    /** Two parts, one of which loses rows; a section that stays, one that goes, one that is carried. */
    private Checkpoint eventful(ObjectSnapshot planned, SwapChange change) {
        return Checkpoint.after(ORGANIZATION, planned, change);
    }

    private ObjectSnapshot planned() {
        stages.publishPart(OBJECT, 0, 0, 10, 70);
        stages.publishPart(OBJECT, 0, 10, 20, 7);
        stages.flush(OBJECT, 0, 20, 30, 5);
        stages.cut(OBJECT, 0, 20, 30, 5);
        stages.flush(OBJECT, 1, 0, 10, 3);
        stages.cut(OBJECT, 1, 0, 10, 3);
        return stages.snapshot(OBJECT);
    }

    private static SwapChange change(ObjectSnapshot planned) {
        return new SwapChange(
                Set.of(planned.sections().getFirst().id()),
                Set.of(planned.parts().getFirst().id()),
                List.of(new NewPart(file(12, 71), Optional.of(dead(1, 2)), Optional.empty())),
                List.of(processedBlob(section(OBJECT, 0, 20, 30, 4))),
                List.of(new Deaths(planned.parts().getLast().id(), 0, dead(2, 2), 2, 2, Optional.empty())));
    }

    @Test
    void saysWhatTheCatalogSaysAfterTheSwap() {
        var planned = planned();
        var change = change(planned);
        var checkpoint = eventful(planned, change);
        var blob = new NewCheckpoint(CheckpointNames.of(checkpoint, SWAP), 100, checkpoint.floors());
        var balance = new Balance(77, 73, 4, 0);

        var outcome =
                await(stages.swaps.swap(change.swap(SWAP, ORGANIZATION, planned, balance, blob, Optional.empty())));

        assertThat(outcome).isEqualTo(new SwapOutcome.Published(3));
        var after = stages.snapshot(OBJECT);
        assertThat(checkpoint.version()).isEqualTo(after.version());
        assertThat(checkpoint.floors()).isEqualTo(after.processed());
        assertThat(checkpoint.parts())
                .containsExactlyInAnyOrderElementsOf(after.parts().stream()
                        .map(live -> new Checkpoint.Part(live.file(), live.version(), live.dvVersion(), live.dead()))
                        .toList());
        assertThat(checkpoint.sections())
                .containsExactlyInAnyOrderElementsOf(after.sections().stream()
                        .map(live -> new Checkpoint.Section(
                                live.blobName(), live.blobBytes(), live.footerOffset(), live.section(), live.carried()))
                        .toList());
        var needed = checkpoint.blobs().keySet();
        assertThat(stages.blobs("live")).containsAll(needed).contains(blob.name());
    }

    @Test
    void isReadAsItWasWritten() {
        var planned = planned();
        var checkpoint = eventful(planned, change(planned));

        var read = CheckpointCodec.decode("c", CheckpointCodec.encode(checkpoint));

        assertThat(read).isEqualTo(checkpoint);
    }

    @Test
    void aByteThatIsWrongIsFound() {
        var bytes = CheckpointCodec.encode(SwapDraft.emptyCheckpoint(OBJECT)).toArray();
        int found = 0;
        // The ten bytes before the data are gzip's header: time and system of its making mean nothing.
        for (int at = 10; at < bytes.length; at++) {
            var broken = bytes.clone();
            broken[at] ^= 1;
            try {
                var read = CheckpointCodec.decode("c", ByteSlice.of(broken));
                assertThat(read).isEqualTo(SwapDraft.emptyCheckpoint(OBJECT));
            } catch (CheckpointFormatException e) {
                found++;
            }
        }
        assertThat(found).isGreaterThan(bytes.length - 20);
        for (int length = 0; length < bytes.length; length++) {
            var cut = ByteSlice.of(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> CheckpointCodec.decode("c", cut)).isInstanceOf(CheckpointFormatException.class);
        }
    }

    @Test
    void itsNameSaysItsVersionWhateverTheObjectIsCalled() {
        var plain = CheckpointNames.of(SwapDraft.emptyCheckpoint(OBJECT), SWAP);
        var odd = CheckpointNames.of(SwapDraft.emptyCheckpoint(new ObjectRef(ObjectType.DATASET, "наб/ор ../x")), SWAP);

        assertThat(plain)
                .isEqualTo("orgs/%s/checkpoints/project_logs.%s/0000000000000000001-%s.json.gz"
                        .formatted(ORGANIZATION, OBJECT.id(), SWAP));
        assertThat(odd).matches("[A-Za-z0-9._/-]+").contains("/dataset.sha256-");
        assertThat(CheckpointNames.versionOf(plain)).isEqualTo(1);
        assertThat(CheckpointNames.isCheckpoint(odd)).isTrue();
        assertThat(CheckpointNames.isCheckpoint("orgs/o/parts/x.part")).isFalse();
    }
}
