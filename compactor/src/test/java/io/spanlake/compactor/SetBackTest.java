package io.spanlake.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.blobstore.BlobName;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.compactor.sweep.SetBack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A catalog is set back, as by a backup of some hours ago, while the blobs are of now. */
@Timeout(240)
class SetBackTest {
    private CompactorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CompactorKit(folder);
        publish("a");
    }

    @AfterEach
    void close() {
        kit.close();
    }

    private void publish(String row) {
        kit.append(kit.full(row, "t", "{\"id\":\"%s\",\"root_span_id\":\"t\"}".formatted(row)));
        kit.cut();
        kit.compactor().compactOne();
    }

    private Optional<String> found() {
        return new SetBack(kit.sweeps, kit.blobs).find();
    }

    private List<String> checkpoints() {
        return kit.blobNames().stream().filter(CheckpointNames::isCheckpoint).toList();
    }

    @Test
    void aCatalogThatKnowsEveryCheckpointWasNot() {
        publish("b");

        assertThat(found()).isEmpty();
    }

    @Test
    void norWasOneBesideTheCheckpointOfASwapThatDied() {
        kit.append(kit.full("b", "t", "{\"id\":\"b\",\"root_span_id\":\"t\"}"));
        kit.cut();
        kit.compactAndDieAt(CompactionStep.CHECKPOINT_STORED);

        assertThat(found()).isEmpty();
        kit.sweeper(Duration.ZERO).sweepOrphans();
        assertThat(checkpoints()).as("left after the sweep").hasSize(1);
    }

    @Test
    void oneThatDoesNotKnowTwoSwapsWas() throws SQLException {
        var base = OlderBase.of(kit.database);
        publish("b");
        publish("c");

        base.putBack();

        assertThat(found())
                .hasValueSatisfying(checkpoint -> assertThat(checkpoints()).contains(checkpoint));
    }

    /** Else the newest parts, which may be all that is left of what they were made of, would go as orphans. */
    @Test
    void itsSweeperDeletesNoOrphans() throws SQLException {
        var base = OlderBase.of(kit.database);
        publish("b");
        publish("c");
        base.putBack();
        var before = kit.blobNames();

        assertThat(kit.sweeper(Duration.ZERO).sweepOrphans()).isZero();

        assertThat(kit.blobNames()).isEqualTo(before);
    }

    /** Swaps that go on from its old version would come by the checkpoint that tells of it, and then nothing would. */
    @Test
    void noWorkIsBegunOverIt() throws SQLException {
        var base = OlderBase.of(kit.database);
        publish("b");
        publish("c");
        base.putBack();
        var sweeper = kit.sweeper(Duration.ZERO);

        assertThatThrownBy(sweeper::mustNotBeSetBack).hasMessageContaining("older than the blobs");
        assertThatThrownBy(sweeper::mustNotBeSetBack)
                .as("looked at no more often than each minute")
                .hasMessageContaining("older than the blobs");
    }

    @Test
    void overASoundOneWorkIsBegun() {
        publish("b");

        assertThatCode(kit.sweeper(Duration.ZERO)::mustNotBeSetBack).doesNotThrowAnyException();
    }

    @Test
    void anObjectThatItHasNeverHeardOfTellsIt() throws SQLException {
        kit.database.execute("delete from published_objects");

        assertThat(found()).isPresent();
    }

    @Test
    void aCheckpointWhoseBlobsAreGoneTellsNothing() throws SQLException {
        var base = OlderBase.of(kit.database);
        publish("b");
        publish("c");
        var parts = kit.blobNames().stream()
                .filter(name -> name.endsWith(".part"))
                .map(BlobName::new)
                .toList();
        base.putBack();

        kit.blobs.delete(parts).block();

        assertThat(found()).isEmpty();
    }
}
