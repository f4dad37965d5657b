package io.spanlake.gateway.bound;

import io.spanlake.gateway.bound.BudgetSize.Use;
import io.spanlake.gateway.refuse.Refusal;
import io.spanlake.gateway.refuse.Refusals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Grants bytes in the order of asking, small claims apart from large ones. Thread-safe; holds its lock for a few
 * instructions and never while it calls others.
 */
public final class ByteBudget {
    private final String name;
    private final BudgetSize size;
    private final Queueing queueing;
    private final Scheduler timer;
    private final ArrayDeque<Waiting> small = new ArrayDeque<>();
    private final ArrayDeque<Waiting> large = new ArrayDeque<>();
    private Use use = Use.NONE;

    /**
     * @param waitingMax claims of each kind that may wait
     * @param waitMax    how long one waits before it is refused
     */
    public record Queueing(int waitingMax, Duration waitMax) {}

    /** @param name as it stands in refusals: "memory for bodies" */
    public ByteBudget(String name, BudgetSize size, Queueing queueing, Scheduler timer) {
        this.name = name;
        this.size = size;
        this.queueing = queueing;
        this.timer = timer;
    }

    String name() {
        return name;
    }

    public BudgetSize size() {
        return size;
    }

    public synchronized long heldBytes() {
        return use.total();
    }

    public synchronized int waiting() {
        return small.size() + large.size();
    }

    /**
     * Completes with the bytes when it is their turn; 429 where the queue is full or the wait too long. Giving up by
     * cancelling leaves the queue. More than could ever be granted is cut down to that.
     */
    public Mono<Held> hold(long bytes) {
        return Mono.create(sink -> ask(Math.min(bytes, size.claimMax()), sink));
    }

    private void ask(long bytes, MonoSink<Held> sink) {
        var waiting = new Waiting(new Held(this, bytes, size.isSmall(bytes)), sink);
        sink.onCancel(() -> giveUp(waiting));
        switch (enter(waiting)) {
            case GRANTED -> sink.success(waiting.held);
            case FULL -> sink.error(Refusals.exception(busy()));
            case QUEUED ->
                waiting.timeout.replace(
                        timer.schedule(() -> expire(waiting), queueing.waitMax().toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private enum Entered {
        GRANTED,
        QUEUED,
        FULL
    }

    private synchronized Entered enter(Waiting waiting) {
        boolean isSmall = waiting.held.isSmall();
        var queue = isSmall ? small : large;
        if (queue.isEmpty() && size.admits(waiting.held.raw(), use, !large.isEmpty())) {
            grant(waiting);
            return Entered.GRANTED;
        }
        if (queue.size() >= queueing.waitingMax()) {
            return Entered.FULL;
        }
        queue.add(waiting);
        return Entered.QUEUED;
    }

    private void grant(Waiting waiting) {
        waiting.granted = true;
        use = use.plus(waiting.held.raw(), waiting.held.isSmall());
    }

    private void giveUp(Waiting waiting) {
        waiting.timeout.dispose();
        if (!leave(waiting)) {
            // Granted at the same moment; nobody is there to take it.
            waiting.held.release();
        }
        grantAll(nextGranted());
    }

    /** False where it has been granted. */
    private synchronized boolean leave(Waiting waiting) {
        if (waiting.granted) {
            return false;
        }
        (waiting.held.isSmall() ? small : large).remove(waiting);
        return true;
    }

    private void expire(Waiting waiting) {
        if (leave(waiting)) {
            waiting.sink.error(Refusals.exception(busy()));
            // Whoever stood behind it may fit.
            grantAll(nextGranted());
        }
    }

    private Refusal busy() {
        return new Refusal.Busy(name, queueing.waitMax().plusSeconds(1));
    }

    synchronized boolean tryGrow(Held held, long more) {
        long bytes = held.raw() + more;
        var others = use.plus(-held.raw(), held.isSmall());
        // A small claim that grows up counts as a large one, or the share of small ones would be gone.
        if (!size.admits(bytes, others, false)) {
            return false;
        }
        held.set(bytes, size.isSmall(bytes));
        use = others.plus(bytes, held.isSmall());
        return true;
    }

    void giveBack(Held held, long less) {
        synchronized (this) {
            long given = Math.min(less, held.raw());
            use = use.plus(-given, held.isSmall());
            held.set(held.raw() - given, held.isSmall());
        }
        grantAll(nextGranted());
    }

    private static void grantAll(List<Waiting> granted) {
        for (var waiting : granted) {
            waiting.timeout.dispose();
            waiting.sink.success(waiting.held);
        }
    }

    private synchronized List<Waiting> nextGranted() {
        var granted = new ArrayList<Waiting>();
        grantFrom(large, granted);
        grantFrom(small, granted);
        return granted;
    }

    private void grantFrom(ArrayDeque<Waiting> queue, List<Waiting> granted) {
        boolean isLarge = queue == large;
        for (var next = queue.peek(); next != null; next = queue.peek()) {
            if (!size.admits(next.held.raw(), use, !isLarge && !large.isEmpty())) {
                return;
            }
            queue.remove();
            grant(next);
            granted.add(next);
        }
    }

    private static final class Waiting {
        final Held held;
        final MonoSink<Held> sink;
        final Disposable.Swap timeout = Disposables.swap();
        boolean granted;

        Waiting(Held held, MonoSink<Held> sink) {
            this.held = held;
            this.sink = sink;
        }
    }
}
