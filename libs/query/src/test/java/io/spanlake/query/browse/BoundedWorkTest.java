package io.spanlake.query.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.query.Lake;
import io.spanlake.query.Rows;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.RowPreview;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A question that takes more than it may is answered of what could be looked at, and says so. */
class BoundedWorkTest {
    private static final int ROWS = 3_000;
    private static final Lake LAKE = Lake.open();
    private static final Scheduler THREADS = Schedulers.newBoundedElastic(2, 10_000, "test-browse");

    private final ReadTarget target = LAKE.target(LAKE.freshObject());

    @AfterAll
    static void close() {
        LAKE.close();
        THREADS.dispose();
    }

    @BeforeEach
    void write() {
        LAKE.flush(Map.of(0, new Rows(target.object().ref()).next(ROWS, "some words")));
    }

    /** Each look at the clock is a second later, and one is before the first row. */
    @Test
    void withoutTimeForMoreTheNewestRowsUntilThen() {
        var seconds = new AtomicLong(1_800_000_000);
        InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());
        var limits = new BrowseLimits(1, 100, Duration.ofSeconds(5), 1 << 20, 1_000);
        var browse = new Browse(LAKE.scans(), THREADS, limits, PriceTable.defaults(), clock);

        var facet = answer(browse.facets(target, ReadMode.NEWEST, RowQuestion.ALL, List.of("span_id"), 3));

        assertThat(facet.work()).isEqualTo(new WorkDone(6, Optional.of(WorkDone.Limit.TIME)));
        assertThat(facet.value().getFirst().values()).hasSize(3);
    }

    @Test
    void withoutHeapForGroupsTheNewestRows() {
        var browse = browse(new BrowseLimits(10, 100, Duration.ofMinutes(1), 1 << 20, 1_000));

        var facet = answer(browse.facets(target, ReadMode.NEWEST, RowQuestion.ALL, List.of("span_id"), 3));

        assertThat(facet.work()).isEqualTo(new WorkDone(100, Optional.of(WorkDone.Limit.ROWS)));
        assertThat(facet.value().getFirst().others()).isEqualTo(97);
    }

    @Test
    void withoutHeapForASortTheFirstOfTheNewestRows() {
        var browse = browse(new BrowseLimits(10, 100, Duration.ofMinutes(1), 1 << 20, 1_000));
        var request = new ListRequest(
                RowQuestion.ALL,
                List.of("len(span_id)", "span_id"),
                Optional.empty(),
                Optional.empty(),
                2,
                new RowPreview(9));

        var page = answer(browse.list(target, ReadMode.NEWEST, request));

        assertThat(page.work().met()).hasValue(WorkDone.Limit.ROWS);
        assertThat(page.value().rows().getFirst().toUtf8()).contains("\"row-2900\"");
        assertThat(page.value().next()).isPresent();
    }

    @Test
    void withEnoughOfBothAllOfThem() {
        var browse = browse(new BrowseLimits(10, 100, Duration.ofMinutes(1), 1 << 20, 64 << 20));

        var facet = answer(browse.facets(target, ReadMode.NEWEST, RowQuestion.ALL, List.of("root_span_id"), 1));
        var counts = answer(browse.counts(target, ReadMode.NEWEST, RowQuestion.filter("input match 'words'")));

        assertThat(facet.work()).isEqualTo(new WorkDone(ROWS, Optional.empty()));
        assertThat(facet.value().getFirst().values().getFirst().rows()).isEqualTo(10);
        assertThat(counts.value()).isEqualTo(new RowCounts(ROWS, ROWS / 10));
    }

    private static Browse browse(BrowseLimits limits) {
        return new Browse(LAKE.scans(), THREADS, limits, PriceTable.defaults(), InstantSource.system());
    }

    private static <T> Browsed<T> answer(Mono<Browsed<T>> answer) {
        return Objects.requireNonNull(answer.block());
    }
}
