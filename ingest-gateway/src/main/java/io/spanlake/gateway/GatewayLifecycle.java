package io.spanlake.gateway;

import io.spanlake.gateway.place.Widths;
import io.spanlake.gateway.produce.WritesLanes;
import io.spanlake.gateway.xact.SlotLease;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** What runs beside the requests: begins before the first of them is taken, and ends after the last. */
final class GatewayLifecycle implements SmartLifecycle {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);
    private static final Duration RELEASE_MAX = Duration.ofSeconds(2);

    private final Widths widths;
    private final SlotLease slots;
    private final WritesLanes lanes;
    private final GatewaySchedulers schedulers;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    GatewayLifecycle(Widths widths, SlotLease slots, WritesLanes lanes, GatewaySchedulers schedulers) {
        this.widths = widths;
        this.slots = slots;
        this.lanes = lanes;
        this.schedulers = schedulers;
    }

    @Override
    public void start() {
        running.update(Disposables.composite(
                widths.run(schedulers.answer()).subscribe(), slots.run().subscribe()));
        started = true;
    }

    @Override
    public void stop() {
        started = false;
        running.update(Disposables.disposed());
        slots.release().timeout(RELEASE_MAX).onErrorComplete().block();
        lanes.close(CLOSE_MAX);
        schedulers.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Far below the web server: begun before it, and stopped when it has answered its last request. */
    @Override
    public int getPhase() {
        return 0;
    }
}
