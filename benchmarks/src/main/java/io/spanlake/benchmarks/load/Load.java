package io.spanlake.benchmarks.load;

import io.spanlake.benchmarks.replay.Request;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends a workload to {@code POST /logs3}. Blocks the caller until all is answered.
 *
 * @param onTaken told of each request as it is acknowledged, before its ids are used anew; must not block
 */
public record Load(SpanlakeClient client, Workload workload, Consumer<Request> onTaken) {
    private static final Duration PAUSE_MIN = Duration.ofMillis(50);

    /** As fast as it is taken, by so many requests under way at any moment. */
    public LoadResult full(int inFlight, Duration duration) {
        var meter = new LoadMeter();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        Flux.<Request>generate(sink -> {
                    if (System.nanoTime() < end) {
                        sink.next(workload.next());
                    } else {
                        sink.complete();
                    }
                })
                .flatMap(request -> send(request, System.nanoTime(), meter), Math.min(inFlight, workload.count()), 1)
                .blockLast();
        return meter.result(Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * By a schedule that waits for no answer: each request is due when those before it would have been sent at this
     * rate. How late it is acknowledged counts from then, so that waiting shows wherever it happens, also for an earlier
     * request whose body is needed again.
     */
    public LoadResult scheduled(double rowBytesPerSecond, Duration duration) {
        var meter = new LoadMeter();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        double due = start;
        var open = new Phaser(1);
        while (due < end) {
            var request = workload.await();
            parkUntil((long) due);
            open.register();
            send(request, (long) due, meter)
                    .doFinally(signal -> open.arriveAndDeregister())
                    .subscribe();
            due += request.rowBytes() * 1e9 / rowBytesPerSecond;
        }
        open.arriveAndAwaitAdvance();
        return meter.result(Duration.ofNanos(System.nanoTime() - start));
    }

    private Mono<Void> send(Request request, long due, LoadMeter meter) {
        return client.post("/logs3", request.body())
                .flatMap(answer -> answer.isBusy() ? Mono.error(new Busy(answer)) : Mono.just(answer))
                .retryWhen(Retry.from(signals -> signals.flatMap(signal -> pause(signal, meter))))
                .doOnNext(answer -> answered(request, answer, due, meter))
                .onErrorResume(error ->
                        Mono.fromRunnable(() -> meter.failed(error.getClass().getSimpleName())))
                // Before the answer is told: whoever hears it may want this body for the next request.
                .doOnTerminate(request::release)
                .then();
    }

    private void answered(Request request, Answer answer, long due, LoadMeter meter) {
        if (answer.isTaken()) {
            meter.taken(request, System.nanoTime() - due);
            onTaken.accept(request);
        } else {
            meter.failed("status " + answer.status());
        }
    }

    private static Mono<Long> pause(Retry.RetrySignal signal, LoadMeter meter) {
        if (signal.failure() instanceof Busy busy) {
            meter.busy();
            var asked = busy.answer.retryAfter();
            return Mono.delay(asked.compareTo(PAUSE_MIN) > 0 ? asked : PAUSE_MIN);
        }
        return Mono.error(signal.failure());
    }

    private static void parkUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }

    private static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Busy(Answer answer) {
            super("busy", null, false, false);
            this.answer = answer;
        }
    }
}
