package io.spanlake.query.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.Placement;
import io.spanlake.query.Lake;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.Rows;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailAnswer;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.tail.TailQuestion;
import io.spanlake.query.tail.TailState;
import io.spanlake.query.tail.TailViews;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class StrictReadsTest {
    private static final Lake LAKE = Lake.open();

    private final TailObject object = LAKE.freshObject();
    private final Rows rows = new Rows(object.ref());
    private final int partition = new Placement(Lake.PARTITIONS).basePartition(object.ref());
    private final TailViews views = LAKE.views(64 << 20);
    private final StrictReads strict = LAKE.strictReads(Duration.ofSeconds(2));

    @BeforeEach
    void nothingIsUnderWay() {
        LAKE.logEnds.clear();
        LAKE.claim();
    }

    @AfterAll
    static void close() {
        LAKE.close();
    }

    @Test
    void itWaitsUntilWhatWasAcknowledgedIsInTheWriteAheadLog() {
        acknowledge(10);

        StepVerifier.create(read(strict))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .then(() -> LAKE.flush(Map.of(partition, rows.next(4))))
                .expectNoEvent(Duration.ofMillis(200))
                .then(() -> LAKE.flush(Map.of(partition, rows.next(6))))
                .verifyComplete();
    }

    @Test
    void aCommitThatIsHeardOfEndsTheWaitAtOnce() {
        var patient = new StrictReads(
                () -> Mono.just(endsAhead(5)),
                LAKE.snapshots,
                LAKE.events.asFlux(),
                new StrictSettings(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                Schedulers.parallel(),
                LAKE.registry);

        StepVerifier.create(read(patient))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .then(() -> LAKE.flush(Map.of(partition, rows.next(5))))
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void itDoesNotWaitForPartitionsThatTheObjectCannotUse() {
        int foreign = (partition + 1) % Lake.PARTITIONS;
        LAKE.logEnds.put(foreign, LAKE.position(foreign).offset() + 1_000);

        StepVerifier.create(read(strict)).verifyComplete();
    }

    @Test
    void aWiderObjectWaitsForAllItsPartitions() {
        LAKE.widths.widen(object.ref(), 2).block();
        int second = (partition + 1) % Lake.PARTITIONS;
        LAKE.logEnds.put(second, LAKE.position(second).offset() + 1_000);

        StepVerifier.create(read(strict))
                .verifyErrorSatisfies(error -> assertThat(refusal(error))
                        .isInstanceOfSatisfying(
                                ReadRefusal.LogLags.class,
                                lags -> assertThat(lags.lagging())
                                        .containsExactly(new ReadRefusal.PartitionLag(
                                                second,
                                                LAKE.position(second).offset(),
                                                LAKE.position(second).offset() + 1_000))));
    }

    @Test
    void aStoppedPartitionIsNamedAtOnce() {
        acknowledge(10);
        LAKE.commits
                .stop(partition, LAKE.position(partition).epoch(), "offset 7 is missing")
                .block();

        StepVerifier.create(read(strict))
                .expectErrorSatisfies(error -> assertThat(refusal(error))
                        .isInstanceOfSatisfying(
                                ReadRefusal.LogStopped.class,
                                stopped -> assertThat(stopped.stopped())
                                        .containsExactly(
                                                new ReadRefusal.StoppedPartition(partition, "offset 7 is missing"))))
                .verify(Duration.ofSeconds(1));
        LAKE.commits
                .repair(partition, LAKE.position(partition).offset(), "test")
                .block();
        LAKE.claim();
    }

    @Test
    void kafkaThatDoesNotAnswerIsSaidSo() {
        var deaf = new StrictReads(
                Mono::never,
                LAKE.snapshots,
                Flux.never(),
                new StrictSettings(Duration.ofMillis(200), Duration.ofMillis(50)),
                Schedulers.parallel(),
                LAKE.registry);

        StepVerifier.create(read(deaf))
                .verifyErrorSatisfies(
                        error -> assertThat(refusal(error)).isInstanceOf(ReadRefusal.LogUnreachable.class));
    }

    @Test
    void everyStrictReadSeesEveryWriteAcknowledgedBeforeIt() {
        var reads = LAKE.reads();
        long acknowledged = 0;
        for (int round = 0; round < 25; round++) {
            int more = 1 + ThreadLocalRandom.current().nextInt(5);
            acknowledged += more;
            acknowledge(more);
            var later = rows.next(more);
            var flush = Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(30)))
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(_ -> LAKE.flush(Map.of(partition, later)))
                    .toFuture();

            var answer = Objects.requireNonNull(
                    reads.counts(LAKE.target(object), ReadMode.STRICT).block());

            assertThat(answer.counts().rows()).isEqualTo(acknowledged);
            flush.join();
        }
    }

    @Test
    void aLogThatIsThereIsReadWithOneSnapshot() {
        var snapshots = new AtomicInteger();

        StepVerifier.create(strict.read(object.ref(), state().doOnSubscribe(_ -> snapshots.incrementAndGet()), at -> at)
                        .then())
                .verifyComplete();

        assertThat(snapshots).hasValue(1);
    }

    private Mono<Void> read(StrictReads reads) {
        return reads.read(object.ref(), state(), at -> at).then();
    }

    private Mono<TailState> state() {
        return views.read(
                        object,
                        new TailQuestion.Page(RowDirection.OLDEST_FIRST, Optional.empty(), new PageLimits(1, 1 << 20)))
                .map(TailAnswer::state);
    }

    private Map<Integer, Long> endsAhead(long writes) {
        var ends = new HashMap<>(Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L));
        ends.put(partition, LAKE.position(partition).offset() + writes);
        return ends;
    }

    private void acknowledge(int writes) {
        LAKE.logEnds.merge(partition, LAKE.position(partition).offset() + writes, Math::max);
    }

    private static ReadRefusal refusal(Throwable error) {
        return ((ReadRefusedException) error).refusal();
    }
}
