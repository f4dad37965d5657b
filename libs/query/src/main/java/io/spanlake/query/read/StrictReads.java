package io.spanlake.query.read;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.model.ObjectRef;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedRuns;
import io.spanlake.query.tail.TailState;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Gives a strict read a snapshot in which the write-ahead log has everything that was acknowledged before the read came:
 *
 * <ol>
 *   <li>ask Kafka for the end of every partition and take a snapshot, both after the read came and at once. As a rule each
 *       partition that the object may use is at its end in it, and that was all;
 *   <li>else wait until they are, looking again at each commit that is heard of, and every now and then where none is heard;
 *   <li>then take a snapshot anew.
 * </ol>
 *
 * Readers that wait share the questions. Thread-safe; blocks nobody.
 */
public final class StrictReads {
    private final SharedRuns<Map<Integer, Long>> ends;
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
            Flux<?> commits,
            StrictSettings settings,
            Scheduler timer,
            MeterRegistry registry) {
        this.ends = new SharedRuns<>(Mono.defer(ends::endOffsets));
        this.positions = new SharedRuns<>(Mono.defer(snapshots::positions));
        this.commits = commits;
        this.settings = settings;
        this.timer = timer;
        this.registry = registry;
    }

    /**
     * A snapshot that has whatever was acknowledged before the subscription. Ends with {@link ReadRefusal.LogLags}, {@link
     * ReadRefusal.LogStopped} or {@link ReadRefusal.LogUnreachable}, or as the snapshot does.
     *
     * @param snapshot taken after each subscription
     */
    public <T> Mono<T> read(ObjectRef object, Mono<T> snapshot, Function<T, TailState> stateOf) {
        return Mono.defer(() -> {
            var sample = Timer.start(registry);
            return Mono.zip(ends(), snapshot)
                    .flatMap(first -> {
                        var state = stateOf.apply(first.getT2());
                        var wanted = LogProgress.endsFor(object, state.width(), first.getT1());
                        return LogProgress.of(wanted, state.positions()).isThere()
                                ? Mono.just(first.getT2())
                                : reached(wanted).then(snapshot);
                    })
                    .doOnSuccess(_ -> sample.stop(waited("reached")))
                    .doOnError(_ -> sample.stop(waited("refused")));
        });
    }

    private Mono<Map<Integer, Long>> ends() {
        return ends.result()
                .timeout(settings.waitMax(), timer)
                .onErrorMap(fault -> new ReadRefusedException(new ReadRefusal.LogUnreachable(reason(fault)), fault));
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
                .description("Time until a strict read has its snapshot, waiting for the write-ahead log included")
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
