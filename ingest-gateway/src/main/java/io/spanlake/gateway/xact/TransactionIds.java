package io.spanlake.gateway.xact;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import io.spanlake.gateway.xact.SharedCounter.Asked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Draws transactions, for all requests that wait at a moment at once. Thread-safe: all state belongs to one thread.
 */
public final class TransactionIds {
    /** Where ids came from. */
    public enum Source {
        REDIS,
        CLOCK
    }

    /** How often ids were drawn, for meters. */
    @FunctionalInterface
    public interface DrawListener {
        void drawn(Source source, int requests);
    }

    private static final Duration SLOT_WAIT_MAX = Duration.ofSeconds(3);
    private static final Duration SLOT_LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final RedisCounter redis;
    private final SlotLease slots;
    private final InstantSource clock;
    private final Scheduler thread;
    private final DrawListener listener;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean drawing;
    private ClockCounter.State state = ClockCounter.State.seen(0);

    private record Waiting(int rows, MonoSink<List<TransactionRange>> sink) {
        int ids() {
            return Math.ceilDiv(rows, TransactionRange.ROWS_MAX);
        }
    }

    /**
     * @param clock  for ids where Redis is away
     * @param nanos  a clock that only goes forward, for pauses
     * @param thread one thread
     */
    public TransactionIds(
            RedisClient client,
            RedisURI uri,
            SlotLease slots,
            InstantSource clock,
            LongSupplier nanos,
            Scheduler thread,
            DrawListener listener) {
        this.redis = new RedisCounter(client, uri, nanos);
        this.slots = slots;
        this.clock = clock;
        this.thread = thread;
        this.listener = listener;
    }

    /**
     * Stamps for so many rows, greater than all that this gateway has drawn before. All ranges but the last are full. 503
     * where Redis is away and the catalog has no slot for this gateway.
     *
     * @param rows at least 1
     */
    public Mono<List<TransactionRange>> draw(int rows) {
        return Mono.<List<TransactionRange>>create(sink -> {
                    waiting.add(new Waiting(rows, sink));
                    drawForAll();
                })
                .subscribeOn(thread);
    }

    private void drawForAll() {
        if (drawing || waiting.isEmpty()) {
            return;
        }
        drawing = true;
        var batch = nextBatch();
        int ids = batch.stream().mapToInt(Waiting::ids).sum();
        redis.draw(new Asked(state.seen(), clock.instant().getEpochSecond(), ids))
                .publishOn(thread)
                .flatMap(first -> first.isPresent()
                        ? Mono.fromRunnable(() -> giveFromRedis(batch, first.getAsLong(), ids))
                        : giveFromClock(batch))
                .doFinally(end -> thread.schedule(this::drawNext))
                .subscribe(done -> {}, failed -> batch.forEach(one -> one.sink.error(failed)));
    }

    private void drawNext() {
        drawing = false;
        drawForAll();
    }

    private List<Waiting> nextBatch() {
        var batch = new ArrayList<Waiting>();
        int ids = 0;
        while (!waiting.isEmpty() && ids + waiting.element().ids() <= SharedCounter.DRAW_MAX) {
            var next = waiting.remove();
            ids += next.ids();
            batch.add(next);
        }
        return batch;
    }

    private void giveFromRedis(List<Waiting> batch, long first, int ids) {
        listener.drawn(Source.REDIS, batch.size());
        // Before anybody is told: what was seen is seen.
        state = ClockCounter.State.seen(first + ids - 1);
        long next = first;
        for (var one : batch) {
            one.sink.success(ranges(one, next));
            next += one.ids();
        }
    }

    private static List<TransactionRange> ranges(Waiting one, long first) {
        var ranges = new ArrayList<TransactionRange>();
        int rest = one.rows;
        for (long ticks = first; rest > 0; ticks++) {
            int rows = Math.min(rest, TransactionRange.ROWS_MAX);
            ranges.add(new TransactionRange(Ticks.id(ticks), 0, rows));
            rest -= rows;
        }
        return ranges;
    }

    private Mono<Void> giveFromClock(List<Waiting> batch) {
        return slot().doOnNext(slot -> giveFromClock(batch, slot)).then();
    }

    private Mono<Integer> slot() {
        return Mono.fromSupplier(slots::slot)
                .filter(java.util.OptionalInt::isPresent)
                .map(java.util.OptionalInt::getAsInt)
                .repeatWhenEmpty(looks -> looks.delayElements(SLOT_LOOK_EVERY, thread))
                .timeout(SLOT_WAIT_MAX, noSlot(), thread);
    }

    private static Mono<Integer> noSlot() {
        return Refusals.error(new Refusal.Unavailable(
                "no transaction id can be drawn: Redis is away, and the catalog has no slot for this gateway",
                RETRY_AFTER));
    }

    private void giveFromClock(List<Waiting> batch, int slot) {
        listener.drawn(Source.CLOCK, batch.size());
        long now = clock.instant().getEpochSecond();
        for (var one : batch) {
            one.sink.success(fromClock(one, slot, now));
        }
    }

    private List<TransactionRange> fromClock(Waiting one, int slot, long now) {
        var ranges = new ArrayList<TransactionRange>();
        for (int rest = one.rows; rest > 0; ) {
            int rows = Math.min(rest, TransactionRange.ROWS_MAX);
            var draw = ClockCounter.draw(state, slot, now, rows);
            state = draw.state();
            ranges.add(draw.range());
            rest -= rows;
        }
        return ranges;
    }
}
