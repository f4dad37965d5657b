package io.spanlake.service.http;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** A step on the way up without which no request can be answered rightly: the port opens once it is done. */
public final class BeforeRequests implements SmartLifecycle {
    private final Runnable step;
    private volatile boolean done;

    /** @param step may block */
    public BeforeRequests(Runnable step) {
        this.step = step;
    }

    @Override
    public void start() {
        step.run();
        done = true;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
