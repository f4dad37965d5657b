package io.spanlake.gateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.ObjectWidths;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class WidthsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "p");

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final CountedWidths catalog = new CountedWidths();
    private final Widths widths = new Widths(catalog, 4, INTERVAL);
    private Disposable running = () -> {};

    @BeforeEach
    void run() {
        running = widths.run(timer).subscribe();
        timer.advanceTime();
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void whereNothingIsWrittenTheCatalogIsAskedOnceAMinute() {
        timer.advanceTimeBy(Duration.ofMinutes(10));

        assertThat(catalog.looks).isEqualTo(11);
    }

    @Test
    void whereSomethingIsWrittenItIsAskedEachTime() {
        for (int i = 0; i < 12; i++) {
            widths.count(OBJECT, 1);
            timer.advanceTimeBy(INTERVAL);
        }

        assertThat(catalog.looks).isEqualTo(13);
    }

    @Test
    void whatOthersHaveWidenedMeanwhileIsKnownSoonAfterAWrite() {
        timer.advanceTimeBy(Duration.ofMinutes(1).plus(INTERVAL));
        catalog.known.put(OBJECT, 4);
        widths.count(OBJECT, 1);

        timer.advanceTimeBy(INTERVAL);

        assertThat(widths.of(OBJECT)).isEqualTo(4);
    }

    @Test
    void anObjectThatOutgrowsItsWidthIsWidened() {
        widths.count(OBJECT, 11_000_000);

        timer.advanceTimeBy(INTERVAL);

        assertThat(widths.of(OBJECT)).isEqualTo(2);
    }

    /** A catalog of one gateway, which says how often it was asked. */
    private static final class CountedWidths implements ObjectWidths {
        private final Map<ObjectRef, Integer> known = new HashMap<>();
        private int looks;

        @Override
        public Mono<Map<ObjectRef, Integer>> all() {
            return Mono.fromSupplier(() -> {
                looks++;
                return Map.copyOf(known);
            });
        }

        @Override
        public Mono<Integer> widen(ObjectRef object, int width) {
            return Mono.fromSupplier(() -> known.merge(object, width, Math::max));
        }
    }
}
