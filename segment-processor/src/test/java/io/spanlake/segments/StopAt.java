package io.spanlake.segments;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens at one step: the processor dies, or sleeps until it is woken. */
final class StopAt implements Failpoints {
    private final CutStep step;
    private final AtomicInteger left;
    private final boolean dies;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    private StopAt(CutStep step, int time, boolean dies) {
        this.step = step;
        this.left = new AtomicInteger(time);
        this.dies = dies;
    }

    /** At the n-th time. */
    static StopAt death(CutStep step, int time) {
        return new StopAt(step, time, true);
    }

    /** That many deaths, one after another. */
    static Failpoints everyDeath(CutStep step, int deaths) {
        var left = new AtomicInteger(deaths);
        return at -> {
            if (at == step && left.getAndDecrement() > 0) {
                throw new IllegalStateException("death at " + step + ", says the test");
            }
        };
    }

    /** Once armed, at the next time. */
    static StopAt sleep(CutStep step) {
        return new StopAt(step, 0, false);
    }

    void arm() {
        left.set(1);
    }

    @Override
    public void reached(CutStep at) {
        if (at != step || left.decrementAndGet() != 0) {
            return;
        }
        reached.countDown();
        if (dies) {
            throw new IllegalStateException("death at " + step + ", says the test");
        }
        await(woken);
    }

    void awaitReached() {
        await(reached);
    }

    void wake() {
        woken.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happened within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
