package io.spanlake.gateway.produce;

import static io.spanlake.gateway.produce.Parcels.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WaitingParcelsTest {
    private static final Duration LINGER = Duration.ofMillis(5);

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean company = new AtomicBoolean(true);
    private final AtomicReference<Double> shortage = new AtomicReference<>(0.0);
    private final WaitingParcels waiting = new WaitingParcels(
            new RoundSettings(1_600, 4_000, LINGER, LINGER.multipliedBy(4)), company::get, shortage::get, now::get);

    private CompletableFuture<List<Parcel>> taken() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return waiting.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void afterARoundOf(int bytes) throws Exception {
        waiting.add(parcel(0, bytes));
        now.set(LINGER.toNanos());
        assertThat(waiting.take()).hasSize(1);
        now.set(0);
    }

    @Test
    void whereTheRoundBeforeWasNearlyEmptyNobodyWaits() throws Exception {
        afterARoundOf(1);
        now.set(LINGER.toNanos() / 100);
        var lone = parcel(0, 10);
        waiting.add(lone);

        assertThat(waiting.take()).containsExactly(lone);
    }

    @Test
    void aLoneParcelIsTakenAtOnce() throws Exception {
        var lone = parcel(0, 10);
        company.set(false);
        waiting.add(lone);

        assertThat(waiting.take()).containsExactly(lone);
    }

    @Test
    void whereTheCompanyGoesAnotherWayItWaitsNoLonger() throws Exception {
        afterARoundOf(1_600);
        waiting.add(parcel(0, 10));
        var taken = taken();
        company.set(false);

        assertThat(taken.get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void aParcelIsTakenOnceItHasWaited() throws Exception {
        afterARoundOf(1_600);
        var lone = parcel(0, 10);
        now.set(LINGER.toNanos());
        waiting.add(lone);

        assertThat(waiting.take()).containsExactly(lone);
    }

    @Test
    void beforeThatItWaitsForCompany() throws Exception {
        afterARoundOf(1_600);
        waiting.add(parcel(0, 10));
        var taken = taken();

        assertThat(taken.completeOnTimeout(List.of(), 100, TimeUnit.MILLISECONDS)
                        .get())
                .isEmpty();
    }

    @Test
    void withEnoughCompanyItWaitsNoLonger() throws Exception {
        afterARoundOf(1_600);
        waiting.add(parcel(0, 10));
        var taken = taken();
        waiting.add(parcel(1, 1_590));

        assertThat(taken.get(10, TimeUnit.SECONDS)).hasSize(2);
    }

    @Test
    void whereCpuIsShortItWaitsForWhateverComes() throws Exception {
        afterARoundOf(100);
        company.set(false);
        shortage.set(1.0);
        waiting.add(parcel(0, 10));
        var taken = taken();
        waiting.add(parcel(1, 1_590));

        assertThat(taken.get(10, TimeUnit.SECONDS)).hasSize(2);
    }

    @Test
    void howLongGoesByTheShortage() throws Exception {
        afterARoundOf(100);
        company.set(false);
        shortage.set(0.5);
        var lone = parcel(0, 10);
        waiting.add(lone);
        now.set(LINGER.toNanos() * 2);

        assertThat(waiting.take()).containsExactly(lone);
    }

    @Test
    void whereSoLittleComesThatNothingWouldBeSparedItDoesNotWait() throws Exception {
        afterARoundOf(1);
        company.set(false);
        shortage.set(1.0);
        now.set(LINGER.toNanos() / 10);
        var lone = parcel(0, 10);
        waiting.add(lone);

        assertThat(waiting.take()).containsExactly(lone);
    }

    @Test
    void aRoundIsBoundedAndInOrder() throws Exception {
        var parcels = List.of(parcel(0, 1_600), parcel(0, 1_600), parcel(0, 1_600), parcel(0, 6_400), parcel(0, 160));
        parcels.forEach(waiting::add);
        now.set(LINGER.toNanos());

        assertThat(waiting.take()).containsExactlyElementsOf(parcels.subList(0, 2));
        assertThat(waiting.take()).containsExactlyElementsOf(parcels.subList(2, 3));
        assertThat(waiting.take()).containsExactlyElementsOf(parcels.subList(3, 4));
        assertThat(waiting.take()).containsExactlyElementsOf(parcels.subList(4, 5));
    }

    @Test
    void whatWasThereWhenItWasClosedIsStillTakenAndThenNothing() throws Exception {
        waiting.add(parcel(0, 10));
        waiting.close();

        assertThat(waiting.add(parcel(0, 10))).isFalse();
        assertThat(waiting.take()).hasSize(1);
        assertThat(waiting.take()).isEmpty();
    }
}
