package io.spanlake.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class QueryQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final OrganizationId BUSY = organization(1);
    private static final OrganizationId QUIET = organization(2);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> started = new ArrayList<>();
    private final List<QueryQueue.Place> places = new ArrayList<>();
    private final List<Throwable> refused = new ArrayList<>();

    private static OrganizationId organization(long id) {
        return new OrganizationId(new UUID(0, id));
    }

    private QueryQueue queue(int running, int waiting) {
        return new QueryQueue(
                new QueryQueue.Limits(running, waiting, PATIENCE),
                Schedulers.immediate(),
                time,
                new SimpleMeterRegistry());
    }

    private Disposable ask(QueryQueue queue, OrganizationId organization, String name) {
        try {
            var place = queue.enter(organization);
            return place.turn()
                    .doFinally(end -> {
                        if (end != SignalType.ON_COMPLETE) {
                            place.leave();
                        }
                    })
                    .subscribe(_ -> {}, refused::add, () -> {
                        started.add(name);
                        places.add(place);
                    });
        } catch (RefusedException busy) {
            refused.add(busy);
            return Disposables.disposed();
        }
    }

    @Test
    void theFreePlaceGoesToWhoHasTheFewestRunning() {
        var queue = queue(2, 10);
        ask(queue, BUSY, "b1");
        ask(queue, BUSY, "b2");
        ask(queue, BUSY, "b3");
        ask(queue, BUSY, "b4");
        ask(queue, QUIET, "q1");
        ask(queue, QUIET, "q2");
        assertThat(started).containsExactly("b1", "b2");

        places.get(0).leave();
        places.get(1).leave();
        places.get(2).leave();
        places.get(3).leave();

        assertThat(started).containsExactly("b1", "b2", "q1", "b3", "q2", "b4");
        assertThat(queue.running()).isEqualTo(2);
    }

    @Test
    void moreThanMayWaitAreRefusedAndOthersAreNot() {
        var queue = queue(1, 1);
        ask(queue, BUSY, "b1");
        ask(queue, BUSY, "b2");
        ask(queue, BUSY, "b3");
        ask(queue, QUIET, "q1");

        assertThat(refused).singleElement().isInstanceOfSatisfying(RefusedException.class, error -> {
            assertThat(error.problem().status()).isEqualTo(503);
            assertThat(error.problem().retryAfter()).isPresent();
        });
        assertThat(queue.waiting()).isEqualTo(2);
    }

    @Test
    void whoWaitsTooLongIsRefusedAndHoldsNothing() {
        var queue = queue(1, 5);
        ask(queue, BUSY, "b1");
        ask(queue, BUSY, "b2");

        time.advanceTimeBy(PATIENCE.plusMillis(1));
        places.getFirst().leave();

        assertThat(refused).hasSize(1);
        assertThat(started).containsExactly("b1");
        assertThat(queue.running() + queue.waiting()).isZero();
    }

    @Test
    void whoLeavesBeforeItsTurnIsPassedOver() {
        var queue = queue(1, 5);
        ask(queue, BUSY, "b1");
        var left = ask(queue, BUSY, "b2");
        ask(queue, BUSY, "b3");

        left.dispose();
        places.getFirst().leave();
        places.getFirst().leave();

        assertThat(started).containsExactly("b1", "b3");
        assertThat(queue.running()).isEqualTo(1);
    }

    @Test
    void whateverComesAndGoesNoPlaceIsLostOrDoubled() {
        var random = new Random(5);
        var queue = queue(3, 4);
        var asked = new ArrayList<Disposable>();
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(3)) {
                case 0 -> asked.add(ask(queue, organization(random.nextInt(4)), "x"));
                case 1 -> {
                    if (!asked.isEmpty()) {
                        asked.remove(random.nextInt(asked.size())).dispose();
                    }
                }
                default -> {
                    if (!places.isEmpty()) {
                        places.remove(random.nextInt(places.size())).leave();
                    }
                }
            }
            assertThat(queue.running()).as("step %d", i).isBetween(0, 3).isEqualTo(places.size());
            assertThat(queue.waiting()).isBetween(0, 16);
        }
        asked.forEach(Disposable::dispose);
        places.forEach(QueryQueue.Place::leave);

        assertThat(queue.running() + queue.waiting()).isZero();
    }
}
