package io.spanlake.controlplane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Lets the keeper look now and then, for as long as the service runs. */
final class DirectoryKeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryKeeping.class);

    private static final Duration LAST_WITHIN = Duration.ofSeconds(5);

    private final DirectoryKeeper keeper;
    private final Duration every;
    private @Nullable Disposable running;

    DirectoryKeeping(DirectoryKeeper keeper, Duration every) {
        this.keeper = keeper;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        running = Mono.delay(every)
                .then(Mono.defer(keeper::keep))
                .onErrorResume(fault -> {
                    LOG.warn("the directory was not copied this time: {}", fault.toString());
                    return Mono.empty();
                })
                .repeat()
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
            keepOnce();
        }
    }

    /** So that an orderly end leaves nothing behind that only the database knows. */
    private void keepOnce() {
        try {
            keeper.keep().block(LAST_WITHIN);
        } catch (RuntimeException fault) {
            LOG.warn("the directory was not copied at the end: {}", fault.toString());
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
