package io.spanlake.query.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobStoreException;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Placement;
import io.spanlake.query.Lake;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class TailViewsTest {
    private static final Lake LAKE = Lake.open();
    private static final long PLENTY = 64 << 20;

    private final TailObject object = LAKE.freshObject();
    private final Rows rows = new Rows(object.ref());
    private final TailViews views = LAKE.views(PLENTY);

    @AfterEach
    void storeIsWhole() {
        LAKE.store.onRead = read -> read;
    }

    @AfterAll
    static void close() {
        LAKE.close();
    }

    @Nested
    class Extended {
        @Test
        void aReaderSeesWhatWasCommittedBeforeItCame() {
            for (int flush = 1; flush <= 5; flush++) {
                LAKE.flush(Map.of(flush % Lake.PARTITIONS, rows.next(10)));

                assertThat(rowCount()).isEqualTo(flush * 10L);
            }
        }

        @Test
        void onlyNewSectionsAreRead() {
            LAKE.flush(Map.of(0, rows.next(10), 1, rows.next(10)));
            rowCount();
            int before = LAKE.store.reads.get();

            rowCount();
            assertThat(LAKE.store.reads.get()).isEqualTo(before);

            LAKE.flush(Map.of(0, rows.next(10)));
            assertThat(rowCount()).isEqualTo(30);
            assertThat(LAKE.store.reads.get() - before).isBetween(1, 3);
        }

        @Test
        void aCounterNeverGoesDownWhileSectionsArrive() {
            var counts = new CopyOnWriteArrayList<Long>();
            var done = Sinks.<Boolean>one();
            var readers = Flux.range(0, 4)
                    .flatMap(_ -> count().repeat()
                            .takeUntilOther(done.asMono())
                            .doOnNext(counts::add)
                            .scan(Math::max))
                    .then()
                    .toFuture();
            var seen = new ArrayList<Long>();

            for (int flush = 0; flush < 40; flush++) {
                LAKE.flush(Map.of(flush % Lake.PARTITIONS, rows.next(5)));
                seen.add(rowCount());
            }
            done.tryEmitValue(true);
            readers.join();

            assertThat(seen).isSorted().last().isEqualTo(200L);
            assertThat(counts).allSatisfy(count -> assertThat(count % 5).isZero());
        }

        @Test
        void oneReaderNeverSeesFewerRowsThanBefore() {
            var reader = count().repeat(60).collectList().toFuture();

            for (int flush = 0; flush < 20; flush++) {
                LAKE.flush(Map.of(flush % Lake.PARTITIONS, rows.next(3)));
            }

            assertThat(reader.join()).isSorted();
        }

        @Test
        void manyReadersShareRefreshes() {
            LAKE.flush(Map.of(0, rows.next(50)));
            rowCount();
            var refreshes = LAKE.registry.get("spanlake.query.tail.refresh").timer();
            long before = refreshes.count();

            var counts = Flux.range(0, 2_000)
                    .flatMap(_ -> count().subscribeOn(Schedulers.parallel()), 500)
                    .collectList()
                    .block();

            assertThat(counts).hasSize(2_000).containsOnly(50L);
            assertThat(refreshes.count() - before).isLessThan(500);
        }
    }

    @Nested
    class Rebuilt {
        @Test
        void whenAPartitionWasOpenedAnew() {
            LAKE.flush(Map.of(2, rows.next(10)));
            assertThat(rowCount()).isEqualTo(10);
            double before = rebuilds();

            LAKE.commits.stop(2, LAKE.position(2).epoch(), "test").block();
            LAKE.commits.repair(2, 0, "test").block();
            LAKE.claim();
            LAKE.flush(Map.of(2, rows.next(10)));

            assertThat(rowCount()).isEqualTo(20);
            assertThat(rebuilds()).isEqualTo(before + 1);
            assertThat(Objects.requireNonNull(views.read(object, new TailQuestion.Counts())
                                    .block())
                            .state()
                            .gaps()
                            .isEmpty())
                    .isEqualTo(!mayUsePartitionTwo());
        }

        @Test
        void afterItsPlaceWasTaken() {
            LAKE.flush(Map.of(0, rows.next(2_000)));
            var small = LAKE.views(300_000);
            assertThat(count(small, object)).isEqualTo(2_000);
            var other = LAKE.freshObject();
            LAKE.flush(Map.of(1, new Rows(other.ref()).next(1_500)));

            assertThat(count(small, other)).isEqualTo(1_500);
            assertThat(small.objects()).containsExactly(other);
            assertThat(small.bytes()).isLessThanOrEqualTo(300_000);
            assertThat(count(small, object)).isEqualTo(2_000);
        }

        @Test
        void unlessItAloneIsTooLarge() {
            LAKE.flush(Map.of(0, rows.next(5_000)));
            var small = LAKE.views(200_000);

            StepVerifier.create(small.read(object, new TailQuestion.Counts()))
                    .verifyErrorSatisfies(error -> assertThat(refusal(error))
                            .isInstanceOfSatisfying(
                                    ReadRefusal.TailTooLarge.class,
                                    large -> assertThat(large.limitBytes()).isEqualTo(200_000)));

            assertThat(small.objects()).isEmpty();
        }

        private boolean mayUsePartitionTwo() {
            return new Placement(Lake.PARTITIONS).basePartition(object.ref()) == 2;
        }
    }

    @Nested
    class WhenABlobIsNotWhatItWas {
        @Test
        void oneThatIsGoneIsNamedAndNothingIsAnswered() {
            LAKE.flush(Map.of(0, rows.next(10)));
            var blob = LAKE.flush(Map.of(0, rows.next(10)));
            LAKE.store.delete(List.of(blob)).block();

            assertUnreadable(blob.value(), "gone");
        }

        @Test
        void oneThatIsDamagedIsNamed() {
            var blob = LAKE.flush(Map.of(0, rows.next(10)));
            LAKE.store.onRead = read -> read.map(bytes -> {
                var damaged = bytes.toArray();
                damaged[damaged.length / 3] ^= 4;
                return ByteSlice.of(damaged);
            });

            assertUnreadable(blob.value(), "");
        }

        @Test
        void aStoreThatFailsOnceCostsOneReadAndNothingIsReadTwiceIntoTheView() {
            LAKE.flush(Map.of(0, rows.next(10)));
            LAKE.flush(Map.of(1, rows.next(10)));
            LAKE.flush(Map.of(2, rows.next(10)));
            var reads = new AtomicInteger();
            LAKE.store.onRead =
                    read -> reads.incrementAndGet() == 5 ? Mono.error(new BlobStoreException("not now")) : read;

            StepVerifier.create(count())
                    .verifyErrorSatisfies(
                            error -> assertThat(refusal(error)).isInstanceOf(ReadRefusal.StoreFailed.class));

            assertThat(rowCount()).isEqualTo(30);
        }

        @Test
        void oneOfAnotherOrganizationIsNeverOpened() {
            LAKE.flush(Map.of(0, rows.next(10)));
            var stranger = new TailObject(new OrganizationId(UUID.randomUUID()), object.ref());
            int before = LAKE.store.reads.get();

            StepVerifier.create(views.read(stranger, new TailQuestion.Counts()))
                    .verifyErrorSatisfies(
                            error -> assertThat(refusal(error).detail()).contains("another organization"));

            assertThat(LAKE.store.reads.get()).isEqualTo(before);
        }

        private void assertUnreadable(String blob, String reason) {
            StepVerifier.create(count())
                    .verifyErrorSatisfies(error -> assertThat(refusal(error))
                            .isInstanceOfSatisfying(ReadRefusal.BlobUnreadable.class, unreadable -> {
                                assertThat(unreadable.blob()).isEqualTo(blob);
                                assertThat(unreadable.reason()).contains(reason);
                            }));
        }
    }

    @Test
    void aRefreshThatAllReadersHaveLeftReadsNoFurther() throws InterruptedException {
        for (int flush = 0; flush < 40; flush++) {
            LAKE.flush(Map.of(flush % Lake.PARTITIONS, rows.next(1)));
        }
        LAKE.store.onRead = read -> read.delayElement(Duration.ofMillis(50));
        int before = LAKE.store.reads.get();

        StepVerifier.create(count())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(200))
                .thenCancel()
                .verify();
        TimeUnit.MILLISECONDS.sleep(1_500);

        assertThat(LAKE.store.reads.get() - before).isBetween(1, 40);
        LAKE.store.onRead = read -> read;
        assertThat(rowCount()).isEqualTo(40);
    }

    private static ReadRefusal refusal(Throwable error) {
        return ((ReadRefusedException) error).refusal();
    }

    private static double rebuilds() {
        return LAKE.registry.get("spanlake.query.tail.rebuilds").counter().count();
    }

    private Mono<Long> count() {
        return views.read(object, new TailQuestion.Counts())
                .map(answer -> answer.value().counts().rows());
    }

    private long rowCount() {
        return count(views, object);
    }

    private static long count(TailViews views, TailObject object) {
        return Objects.requireNonNull(
                        views.read(object, new TailQuestion.Counts()).block())
                .value()
                .counts()
                .rows();
    }
}
