package io.spanlake.gateway.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanlake.gateway.bound.ByteBudget.Queueing;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class ByteBudgetTest {
    /** 100 bytes, 20 of them for claims up to 10. */
    private static final BudgetSize SIZE = new BudgetSize(100, 20, 10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ByteBudget budget = new ByteBudget("test bytes", SIZE, new Queueing(3, Duration.ofSeconds(5)), time);

    private Held hold(long bytes) {
        return Objects.requireNonNull(budget.hold(bytes).block(Duration.ZERO.plusMillis(200)));
    }

    @Test
    void largeClaimsNeverTakeTheShareOfSmallOnes() {
        hold(80);
        List<Held> waiting = new ArrayList<>();
        budget.hold(11).subscribe(waiting::add);

        var small = List.of(hold(10), hold(10));

        assertThat(waiting).isEmpty();
        assertThat(small).hasSize(2);
        assertThat(budget.heldBytes()).isEqualTo(100);
    }

    @Test
    void whoWaitsIsServedInOrder() {
        var first = hold(80);
        List<Long> served = new ArrayList<>();
        budget.hold(70).subscribe(held -> served.add(held.bytes()));
        budget.hold(60).subscribe(held -> served.add(held.bytes()));

        first.release();

        assertThat(served).containsExactly(70L);
        assertThat(budget.waiting()).isEqualTo(1);
    }

    @Test
    void whoWaitsTooLongIsToldWhenToComeBack() {
        hold(80);
        List<Throwable> told = new ArrayList<>();
        budget.hold(80).subscribe(held -> {}, told::add);

        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(told).singleElement().isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(429);
            assertThat(refused.problem().retryAfter()).isPresent();
        });
        assertThat(budget.waiting()).isZero();
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        hold(80);
        for (int i = 0; i < 3; i++) {
            budget.hold(80).subscribe();
        }

        assertThatThrownBy(() -> hold(80)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aSmallClaimThatGrowsUpCountsAsALargeOne() {
        hold(75);
        var growing = hold(10);

        assertThatThrownBy(() -> growing.grow(10)).isInstanceOf(RefusedException.class);
        assertThat(growing.bytes()).isEqualTo(10);
        assertThat(hold(10)).isNotNull();
    }

    @Test
    void whatIsHandedOverIsGivenBackByTheOtherAlone() {
        var held = hold(50);
        var other = held.handOver();

        held.release();
        assertThat(budget.heldBytes()).isEqualTo(50);

        other.release();
        other.release();
        assertThat(budget.heldBytes()).isZero();
    }

    @Property(tries = 200)
    void overAnyHistoryNothingIsLostAndNoBoundIsPassed(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = new ByteBudget("test bytes", SIZE, new Queueing(5, Duration.ofMinutes(1)), Schedulers.parallel());
        List<Held> held = new ArrayList<>();
        List<Disposable> asked = new ArrayList<>();

        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 ->
                    asked.add(bytes.hold(1 + random.nextInt(random.nextBoolean() ? 10 : 80))
                            .subscribe(held::add, refused -> {}));
                case 2 -> {
                    if (!held.isEmpty()) {
                        held.remove(random.nextInt(held.size())).release();
                    }
                }
                case 3 -> {
                    if (!asked.isEmpty()) {
                        asked.remove(random.nextInt(asked.size())).dispose();
                    }
                }
                default -> grow(held, random);
            }
            assertThat(bytes.heldBytes()).isBetween(0L, 100L);
            assertThat(held.stream().mapToLong(Held::bytes).sum()).isEqualTo(bytes.heldBytes());
        }
        asked.forEach(Disposable::dispose);
        held.forEach(Held::release);
        assertThat(bytes.heldBytes()).isZero();
        assertThat(bytes.waiting()).isZero();
    }

    private static void grow(List<Held> held, Random random) {
        if (held.isEmpty()) {
            return;
        }
        try {
            held.get(random.nextInt(held.size())).grow(1 + random.nextInt(30));
        } catch (RefusedException none) {
            assertThat(none.problem().status()).isEqualTo(429);
        }
    }
}
