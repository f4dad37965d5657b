package io.spanlake.wal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshot;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.model.ObjectRef;
import io.spanlake.wal.Claim;
import io.spanlake.wal.WalMetrics;
import io.spanlake.wal.receive.AssignedPartition.Phase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class CatalogCallsTest {
    private static final int PARTITION = 3;
    private static final WritesTopic TOPIC = new WritesTopic(new UUID(7, 7), 1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LateCatalog catalog = new LateCatalog();
    private final Assignment assignment =
            new Assignment(received -> {}, lost -> {}, new WalMetrics(new SimpleMeterRegistry()));
    private final KafkaThread thread = new KafkaThread("test", new MockConsumer<byte[], byte[]>("none"), () -> {});
    private final CatalogCalls calls =
            new CatalogCalls(catalog, catalog, "me", Mono.just(TOPIC), assignment, thread, InstantSource.fixed(NOW));

    @BeforeEach
    void isGivenAPartition() {
        assignment.add(PARTITION, NOW);
    }

    @Test
    void aClaimAnsweredJustBeforeARebalanceDoesNotCount() {
        calls.claim();
        catalog.answerClaim(1);

        calls.cancel();
        calls.claim();
        thread.runPosted();
        assertThat(partition().is(Phase.CLAIMING)).isTrue();

        catalog.answerClaim(2);
        thread.runPosted();
        assertThat(partition().is(Phase.CHECKING)).isTrue();
        assertThat(partition().position().epoch()).isEqualTo(2);
    }

    @Test
    void anIdlePartitionThatAnotherHasClaimedIsLost() {
        var ours = new Claim(PARTITION, 1, 2, lost -> {});
        var stale = new Claim(PARTITION + 1, 1, 2, lost -> {});

        calls.readToEnd(List.of(ours, stale), NOW);
        catalog.answerRead(Set.of(PARTITION + 1));

        assertThat(ours.held()).isTrue();
        assertThat(stale.held()).isFalse();
    }

    @Test
    void aStopCutOffByARebalanceIsNoStop() {
        calls.claim();
        catalog.answerClaim(1);
        thread.runPosted();
        assignment.stops(partition(), "records are missing", NOW);
        calls.stop();

        calls.cancel();
        thread.runPosted();

        assertThat(partition().is(Phase.STOPPING)).isTrue();
        assertThat(partition().mayAsk(NOW)).isTrue();
    }

    private AssignedPartition partition() {
        return Objects.requireNonNull(assignment.get(PARTITION));
    }

    /** Answers when the test says so. */
    private static final class LateCatalog implements WalCommits, WalSnapshots {
        private final Queue<Sinks.One<Map<Integer, WalPosition>>> claims = new ArrayDeque<>();
        private final Sinks.One<Set<Integer>> read = Sinks.one();

        void answerRead(Set<Integer> stale) {
            read.tryEmitValue(stale).orThrow();
        }

        void answerClaim(long epoch) {
            claims.remove()
                    .tryEmitValue(Map.of(PARTITION, new WalPosition(PARTITION, 1, 0, epoch, Optional.empty())))
                    .orThrow();
        }

        @Override
        public Mono<Map<Integer, WalPosition>> claim(
                Collection<Integer> partitions, String owner, Optional<WritesTopic> topicId) {
            assertThat(topicId).contains(TOPIC);
            var answer = Sinks.<Map<Integer, WalPosition>>one();
            claims.add(answer);
            return answer.asMono();
        }

        @Override
        public Mono<Void> stop(int partition, long epoch, String reason) {
            return Mono.never();
        }

        @Override
        public Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects) {
            return Mono.never();
        }

        @Override
        public Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
            return read.asMono();
        }

        @Override
        public Mono<Gap> repair(int partition, long resumeAt, String reason) {
            return Mono.never();
        }

        @Override
        public Mono<WalSnapshot> snapshot(ObjectRef object, Map<Integer, LogOffset> known) {
            return Mono.never();
        }

        @Override
        public Mono<Map<Integer, WalPosition>> positions() {
            return Mono.never();
        }
    }
}
