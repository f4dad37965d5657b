package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What may come in, and how much of it. */
@Timeout(120)
class WalStreamerInputTest {
    private StreamerKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new StreamerKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void aRecordThatIsNoEnvelopeIsKeptAsideAndStandsInNobodysWay() {
        var streamer = kit.start();
        var rows = new ArrayList<>(kit.acknowledge(0, 0, 5, 100));
        var whole = kit.record(0, kit.rows(1), 100, Instant.now());
        var garbage = Arrays.copyOf(whole, whole.length - 3);

        var at = kit.append(0, garbage);
        rows.addAll(kit.acknowledge(0, 0, 5, 100));
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(streamer.count("spanlake.wal.unreadable")).isEqualTo(1);
        var kept = Objects.requireNonNull(
                kit.blobs.list("orgs/_unreadable/").collectList().block());
        assertThat(kept)
                .extracting(entry -> entry.name().value())
                .allMatch(name -> name.endsWith("-%020d".formatted(at.offset())));
        BlobEntry entry = kept.getFirst();
        assertThat(Objects.requireNonNull(kit.blobs
                                .read(entry.name(), 0, (int) entry.bytes())
                                .block())
                        .toArray())
                .isEqualTo(garbage);
        var known = Objects.requireNonNull(kit.unreadable.known(10).block());
        assertThat(known.count()).isEqualTo(1);
        assertThat(known.newest().getFirst().blob())
                .satisfies(
                        blob -> assertThat(blob.name()).isEqualTo(entry.name().value()))
                .satisfies(blob -> assertThat(blob.first()).isEqualTo(at.offset()));
    }

    @Test
    void aWriteAppendedTooLongAfterItsIdWasDrawnIsSkippedAndTheOffsetMovesOn() {
        var streamer = kit.start();
        var now = Instant.now();
        var counted = kit.rows(3);
        var late = kit.rows(2);

        kit.append(0, kit.record(0, counted, 100, now.minusSeconds(27)));
        kit.append(0, kit.record(0, late, 100, now.minusSeconds(32)));
        kit.append(1, kit.record(0, kit.rows(4), 100, now.minusSeconds(3_600)));
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(counted);
        assertThat(streamer.count("spanlake.wal.late")).isEqualTo(6);
    }

    @Test
    void aLargeRowTravelsAloneAndPasses() {
        kit.start();

        kit.acknowledge(2, 1, 1, 16 << 20);
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }

    @Nested
    class WhenMoreComesThanCanBeStored {
        private final WalProperties small = StreamerKit.sized(DataSize.ofMegabytes(1), DataSize.ofMegabytes(4));

        @Test
        void kafkaIsPausedAndTheBufferStaysBounded() {
            var streamer = kit.start("small", small, Failpoints.NONE);
            kit.acknowledge(20);
            kit.awaitIdle();
            kit.blobs.slow(Duration.ofSeconds(1));
            for (int i = 0; i < 60; i++) {
                kit.acknowledge(i % 4, i % 2, 4, 250_000);
            }

            double most = 0;
            for (int i = 0; i < 100; i++) {
                most = Math.max(most, streamer.gauge("spanlake.wal.buffer"));
                StreamerKit.rest(Duration.ofMillis(20));
            }
            kit.blobs.slow(Duration.ZERO);
            kit.awaitIdle();

            // One poll may come on top: at most what one fetch holds.
            assertThat(most).isLessThan(6 << 20);
            assertThat(streamer.meters.get("spanlake.wal.paused").timer().count())
                    .isPositive();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
            kit.await("the buffer is empty", () -> streamer.gauge("spanlake.wal.buffer") == 0);
        }

        @Test
        void aHotPartitionDoesNotKeepTheOthersWaiting() {
            kit.start("small", small, Failpoints.NONE);
            kit.acknowledge(20);
            kit.awaitIdle();
            kit.blobs.slow(Duration.ofMillis(300));
            for (int i = 0; i < 60; i++) {
                kit.acknowledge(0, 0, 4, 250_000);
            }
            long hotEnd = Objects.requireNonNull(kit.endOffsets().get(0));

            kit.acknowledge(1, 1, 1, 100);
            kit.awaitIdle(1);
            long hotAt = Objects.requireNonNull(kit.positions().get(0)).offset();

            assertThat(hotAt).isLessThan(hotEnd);
            kit.blobs.slow(Duration.ZERO);
            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
        }
    }

    @Test
    void anIdlePartitionIsReportedAsReadSoThatOldTransactionsClose() {
        kit.start();
        kit.acknowledge(20);
        kit.awaitIdle();
        var lastAppend = Instant.now();

        // 30 s is what a record may be late: the writes alone close no more than what is older than that.
        kit.await("the closed transaction moves on", () -> closed().isAfter(lastAppend.minusSeconds(28)));

        assertThat(closed()).isBefore(Instant.now().minusSeconds(30));
    }

    private Instant closed() {
        return Objects.requireNonNull(
                        kit.snapshots.snapshot(kit.object(0), Map.of()).block())
                .closed()
                .time();
    }
}
