package io.spanlake.service.errors;

import java.util.Optional;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.scheduler.Schedulers;

/**
 * A class that is missing or does not fit, as where a jar was replaced under a running process. Reactor takes it for the end
 * of the JVM: it throws it out of the step, and whoever waits for the step would wait for ever. Here it becomes an error of the
 * step, so that its request is answered, for steps that begin on a thread of a scheduler, as all that blocks or computes does.
 */
final class BrokenSteps {
    private static final Logger log = LoggerFactory.getLogger(BrokenSteps.class);
    private static final String KEY = BrokenSteps.class.getName();

    private BrokenSteps() {}

    /** Of the whole JVM; once more changes nothing. */
    static void areErrors() {
        Schedulers.onScheduleHook(KEY, BrokenSteps::told);
    }

    private static Runnable told(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (LinkageError missing) {
                var waiting = waitingFor(task);
                if (waiting.isEmpty()) {
                    log.error("a step broke, and nobody can be told", missing);
                    throw missing;
                }
                if (task instanceof Subscription step) {
                    step.cancel();
                }
                waiting.get().onError(new IllegalStateException("a class is missing or does not fit", missing));
            }
        };
    }

    private static Optional<CoreSubscriber<?>> waitingFor(Runnable task) {
        return Scannable.from(task).scan(Scannable.Attr.ACTUAL) instanceof CoreSubscriber<?> waiting
                ? Optional.of(waiting)
                : Optional.empty();
    }
}
