package io.spanlake.query.read;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.catalog.ObjectWidths;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedRuns;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets a strict read begin once the write-ahead log has everything that was acknowledged before the read came:
 *
 * <ol>
 *   <li>ask Kafka for the end of every partition, and the catalog for the object's width: both after the read came;
 *   <li>wait until each partition that the object may use is at its end, looking again at each commit that is heard of,
 *       and every now and then where none is heard;
 *   <li>then the read takes its snapshot.
 * </ol>
 *
 * Readers that wait share the questions. Thread-safe; blocks nobody.
 */
public final class StrictReads {
    private final SharedRuns<Map<Integer, Long>> ends;
    private final SharedRuns<Map<ObjectRef, Integer>> widths;
    private final SharedRuns<Map<Integer, WalPosition>> positions;
    private final Flux<?> commits;
    private final StrictSettings settings;
    private final Scheduler timer;
    private final MeterRegistry registry;

    /**
     * @param commits a signal whenever the write-ahead log may have moved; hot, and allowed to lose some
     * @param timer   for the time between two looks
     */
    public StrictReads(
            LogEnds ends,
            WalSnapshots snapshots,
            ObjectWidths widths,
            Flux<?> commits,
            StrictSettings settings,
            Scheduler timer,
            MeterRegistry registry) {
        this.ends = new SharedRuns<>(Mono.defer(ends::endOffsets));
        this.widths = new SharedRuns<>(Mono.defer(widths::all));
        this.positions = new SharedRuns<>(Mono.defer(snapshots::positions));
        this.commits = commits;
        this.settings = settings;
        this.timer = timer;
        this.registry = registry;
    }

    /**
     * Completes when whatever was acknowledged before the subscription is in the write-ahead log. Ends with {@link
     * ReadRefusal.LogLags}, {@link ReadRefusal.LogStopped} or {@link ReadRefusal.LogUnreachable}.
     */
    public Mono<Void> caughtUp(ObjectRef object) {
        return Mono.defer(() -> {
            var sample = Timer.start(registry);
            return endsOf(object)
                    .flatMap(this::reached)
                    .doOnSuccess(_ -> sample.stop(waited("reached")))
                    .doOnError(_ -> sample.stop(waited("refused")));
        });
    }

    private Mono<Map<Integer, Long>> endsOf(ObjectRef object) {
        var asked = ends.result()
                .timeout(settings.waitMax(), timer)
                .onErrorMap(fault -> new ReadRefusedException(new ReadRefusal.LogUnreachable(reason(fault)), fault));
        return Mono.zip(
                asked,
                widths.result(),
                (end, width) -> LogProgress.endsFor(object, width.getOrDefault(object, 1), end));
    }

    private Mono<Void> reached(Map<Integer, Long> wanted) {
        return Mono.defer(() -> new Wait(wanted).reached());
    }

    /** One reader's wait; remembers what it saw last, to say what it was waiting for. */
    private final class Wait {
        private final Map<Integer, Long> wanted;
        private volatile LogProgress seen;

        Wait(Map<Integer, Long> wanted) {
            this.wanted = wanted;
            this.seen = LogProgress.of(wanted, Map.of());
        }

        Mono<Void> reached() {
            return look().repeatWhenEmpty(Integer.MAX_VALUE, looks -> looks.concatMap(_ -> nextLook()))
                    .timeout(settings.waitMax(), timer)
                    .onErrorMap(TimeoutException.class, _ -> lags())
                    .then();
        }

        /** Empty where the log is not there yet. */
        private Mono<LogProgress> look() {
            return positions.result().flatMap(found -> judge(LogProgress.of(wanted, found)));
        }

        private Mono<LogProgress> judge(LogProgress progress) {
            seen = progress;
            if (!progress.stopped().isEmpty()) {
                return Mono.error(new ReadRefusedException(new ReadRefusal.LogStopped(progress.stopped())));
            }
            return progress.isThere() ? Mono.just(progress) : Mono.empty();
        }

        private ReadRefusedException lags() {
            return new ReadRefusedException(new ReadRefusal.LogLags(settings.waitMax(), seen.lagging()));
        }
    }

    private Mono<?> nextLook() {
        return Mono.firstWithSignal(
                commits.next().cast(Object.class),
                Mono.delay(settings.poll(), timer).cast(Object.class));
    }

    private Timer waited(String outcome) {
        return Timer.builder("spanlake.query.strict.wait")
                .description("Time that a strict read waits for the write-ahead log")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(registry);
    }

    private static String reason(Throwable fault) {
        return fault instanceof TimeoutException
                ? "no answer in time"
                : fault.getClass().getSimpleName();
    }
}
