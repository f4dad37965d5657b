package io.spanlake.segments;

import static io.spanlake.segments.CutStep.COMMITTED;
import static io.spanlake.segments.CutStep.ENCODED;
import static io.spanlake.segments.CutStep.FOLDED;
import static io.spanlake.segments.CutStep.PLANNED;
import static io.spanlake.segments.CutStep.READ;
import static io.spanlake.segments.CutStep.STORED;

import io.spanlake.segments.commit.CutCommits;
import io.spanlake.segments.fold.CutFolder;
import io.spanlake.segments.fold.FoldedCut;
import io.spanlake.segments.look.Cut;
import io.spanlake.segments.look.CutOutcome;
import io.spanlake.segments.look.Lookout;
import io.spanlake.segments.read.CutReader;
import io.spanlake.segments.read.ReadCut;
import io.spanlake.segments.store.CutStore;
import io.spanlake.segments.store.EncodedCut;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The whole way of a write from the log to its segment: {@code look → read → fold → encode → store → commit}.
 *
 * <p>One cut at a time, so that memory holds one, and each begins where the last one ended. A cut counts once {@code
 * commit} returns, and only then; what fails before it leaves at most unlisted blobs, which the sweeper removes, and is cut
 * anew. The stream thread has no part in it: Kafka only says which partitions are ours, and wakes.
 */
public final class SegmentProcessor {
    private final Lookout lookout;
    private final CutReader reader;
    private final CutFolder folder;
    private final CutStore store;
    private final CutCommits commits;
    private final Duration lookEvery;
    private final SegmentsSchedulers schedulers;
    private final Failpoints failpoints;
    private final Runnable heartbeat;
    private final Sinks.Empty<Void> left = Sinks.empty();
    private volatile Sinks.Empty<Void> stirred = Sinks.empty();
    private volatile boolean leaving;

    /** @param heartbeat called with each step */
    public SegmentProcessor(
            Lookout lookout,
            CutReader reader,
            CutFolder folder,
            CutStore store,
            CutCommits commits,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            Failpoints failpoints,
            Runnable heartbeat) {
        this.lookout = lookout;
        this.reader = reader;
        this.folder = folder;
        this.store = store;
        this.commits = commits;
        this.lookEvery = properties.lookEvery();
        this.schedulers = schedulers;
        this.failpoints = failpoints;
        this.heartbeat = heartbeat;
    }

    /**
     * Runs until {@link #leave} or until cancelled. An error ends it, and its owner starts it anew: it goes on from the
     * offsets in the catalog. One run at a time.
     */
    public Flux<CutOutcome> run() {
        return Flux.defer(() -> {
            lookout.abandon();
            return Mono.defer(this::round).repeat(() -> !leaving);
        });
    }

    /** Finishes the cut that is under way; then the run completes. Never blocks. */
    public void leave() {
        leaving = true;
        left.tryEmitEmpty();
    }

    /** What waits now is cut at the next look, however little it is, and the rest before it ends. Never blocks. */
    public void hurry() {
        lookout.hurry();
        stirred.tryEmitEmpty();
    }

    /** The cut that is due; where none is, a rest. */
    private Mono<CutOutcome> round() {
        heartbeat.run();
        return lookout.look().flatMap(this::cut).switchIfEmpty(rest());
    }

    private Mono<CutOutcome> rest() {
        var stir = Sinks.<Void>empty();
        stirred = stir;
        return Mono.delay(lookEvery, schedulers.timer())
                .takeUntilOther(Mono.firstWithSignal(left.asMono(), stir.asMono()))
                .then(Mono.empty());
    }

    private Mono<CutOutcome> cut(Cut cut) {
        return Mono.just(cut)
                .doOnNext(at(PLANNED))
                .flatMap(reader::read)
                .doOnNext(at(READ))
                .flatMap(this::fold)
                .doOnNext(at(FOLDED))
                .flatMap(this::encode)
                .doOnNext(at(ENCODED))
                .flatMap(store::put)
                .doOnNext(at(STORED))
                .flatMap(commits::commit)
                .doOnNext(lookout::settle)
                .doOnNext(at(COMMITTED));
    }

    /** Folding is CPU work: it has its own threads, so that the event loops keep reading. */
    private Mono<FoldedCut> fold(ReadCut read) {
        return Mono.fromCallable(() -> folder.fold(read)).subscribeOn(schedulers.work());
    }

    private Mono<EncodedCut> encode(FoldedCut folded) {
        return Mono.fromCallable(() -> store.encode(folded)).subscribeOn(schedulers.work());
    }

    private <T> Consumer<T> at(CutStep step) {
        return _ -> {
            heartbeat.run();
            failpoints.reached(step);
        };
    }
}
