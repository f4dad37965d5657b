package io.spanlake.query.browse;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.query.cursor.RowCursor;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.cursor.RowPosition;
import io.spanlake.query.plan.RowOrder;
import io.spanlake.query.read.Freshness;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.PlacesAnswer;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.RowPreview;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.RowPlaces;
import io.spanlake.query.tail.StatePlace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One reader that follows an object. It looks again and again at the rows behind its floor: the place up to which it has seen
 * everything that can come, which is the closed transaction, since a row may still come in before later ones. Of the rows
 * behind the floor it remembers which write was shown. Looks follow one another.
 */
final class Following {
    private static final int SECONDS_SHIFT = 32;
    private static final long SECONDS_MASK = 0xFFFF_FFFFL;

    /** @param newest write of the row that was shown */
    private record Seen(RowPosition position, Stamp newest) {}

    private final ObjectReads reads;
    private final ReadTarget target;
    private final BoundRows bound;
    private final RowPreview preview;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private RowPosition floor;
    /** Whether the last look left some; before the first it may be so. */
    private boolean moreAtOnce = true;

    Following(
            ObjectReads reads,
            ReadTarget target,
            BoundRows bound,
            RowPreview preview,
            LiveSettings settings,
            InstantSource clock,
            RowPosition floor) {
        this.reads = reads;
        this.target = target;
        this.bound = bound;
        this.preview = preview;
        this.settings = settings;
        this.clock = clock;
        this.floor = floor;
    }

    /** @param nextLook when there may be more */
    Flux<LiveEvent> events(Supplier<Mono<?>> nextLook, Scheduler thread) {
        return Flux.defer(this::look)
                .subscribeOn(thread)
                .repeatWhen(ends -> ends.concatMap(_ -> moreAtOnce ? Mono.just(true) : nextLook.get(), 1));
    }

    private Flux<LiveEvent> look() {
        var skipped = skipped();
        return Flux.fromIterable(skipped)
                .concatWith(reads.places(
                                target, ReadMode.NEWEST, floor, new PageLimits(settings.lookRows(), Long.MAX_VALUE))
                        .flatMapMany(this::news));
    }

    /** Where the reader is too far behind, it goes on from now. */
    private List<LiveEvent> skipped() {
        var from = time(floor);
        var now = clock.instant();
        if (!moreAtOnce || from.plus(settings.lagMax()).isAfter(now)) {
            return List.of();
        }
        floor = LiveRows.now(clock);
        seen.clear();
        return List.of(new LiveEvent.Skipped(cursor(), from, time(floor)));
    }

    private Flux<LiveEvent> news(PlacesAnswer answer) {
        var cursor = cursor();
        var rows = unseen(answer.page().rows());
        var shown = reads.rows(target, rows)
                .passing()
                .zipWithIterable(rows)
                .mapNotNull(row -> shown(cursor, row.getT2(), row.getT1()));
        moveFloor(answer);
        return Flux.concat(shown, Mono.just(caughtUp(answer.freshness())));
    }

    private List<RowPlaces> unseen(List<RowPlaces> rows) {
        var unseen = new ArrayList<RowPlaces>();
        for (var row : rows) {
            var newest = row.states().stream()
                    .map(StatePlace::stamp)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            var before = seen.put(row.rowId(), new Seen(row.position(), newest));
            if (before == null || before.newest.compareTo(newest) < 0) {
                unseen.add(row);
            }
        }
        return unseen;
    }

    private LiveEvent.@Nullable Row shown(String cursor, RowPlaces row, ByteSlice json) {
        var order = new RowOrder(row.position().key(), row.position().tie(), 0);
        return bound.match(json, order).isEmpty() ? null : new LiveEvent.Row(cursor, preview.of(json));
    }

    /** A look that found as many rows as it takes goes on behind them, whatever may still come in between. */
    private void moveFloor(PlacesAnswer answer) {
        moreAtOnce = answer.page().last().isPresent();
        if (moreAtOnce) {
            floor = answer.page().last().get();
        } else {
            var closed = closed(answer.freshness().state().closed());
            floor = closed.compareTo(floor) > 0 ? closed : floor;
        }
        seen.values().removeIf(row -> row.position.compareTo(floor) <= 0);
    }

    private LiveEvent caughtUp(Freshness freshness) {
        return new LiveEvent.CaughtUp(cursor(), freshness);
    }

    private static RowPosition closed(TransactionId closed) {
        return new RowPosition(new Stamp(closed, Stamp.POSITION_MAX).paginationNumber(), -1);
    }

    private String cursor() {
        return new RowCursor(RowDirection.OLDEST_FIRST, floor)
                .textFor(target.object().ref());
    }

    private static Instant time(RowPosition position) {
        return Instant.ofEpochSecond((position.key() >>> SECONDS_SHIFT) & SECONDS_MASK);
    }
}
