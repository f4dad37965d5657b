package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.Load;
import io.spanlake.benchmarks.load.Projects;
import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.load.Workload;
import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.Request;
import io.spanlake.benchmarks.replay.TraceSource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** A steady load over so many objects, and a line about every stage each ten seconds. */
final class StagesBenchmark {
    private static final int CONNECTIONS = 64;
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    /** Until then the compiler is at work; at most a third of the run. */
    private static final Duration WARM = Duration.ofMinutes(1);

    private final StandaloneProcess system;
    private final TraceSource traces;
    private final int objects;
    private final double megabytesPerSecond;
    private final Duration duration;
    private final PrintStream out;
    private final Random random = new Random(1);
    private final LongAdder rowBytes = new LongAdder();

    StagesBenchmark(
            StandaloneProcess system,
            TraceSource traces,
            int objects,
            double megabytesPerSecond,
            Duration duration,
            PrintStream out) {
        this.system = system;
        this.traces = traces;
        this.objects = objects;
        this.megabytesPerSecond = megabytesPerSecond;
        this.duration = duration;
        this.out = out;
    }

    void run() {
        out.printf(
                "%s; %d objects, %.0f MB/s for %d s%n",
                traces.name(), objects, megabytesPerSecond, duration.toSeconds());
        system.start();
        try (var client = system.client(CONNECTIONS);
                var watcher = system.client(1)) {
            var load = new Load(client, new Workload(requests(client), random.nextInt()), this::taken);
            var samples = Collections.synchronizedList(new ArrayList<StagesSample>());
            samples.add(sample(watcher));
            try (var lines = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("stages").daemon().factory())) {
                var ticking = lines.scheduleAtFixedRate(
                        () -> line(watcher, samples), LINE_EVERY.toSeconds(), LINE_EVERY.toSeconds(), TimeUnit.SECONDS);
                var result = load.scheduled(megabytesPerSecond * 1e6, duration);
                ticking.cancel(false);
                lines.shutdown();
                out.println(result.summary());
            }
            end(List.copyOf(samples), sample(watcher));
        }
    }

    private void taken(Request request) {
        rowBytes.add(request.rowBytes());
    }

    /** Runs of traces that follow each other go to one object; requests of all of them come mixed. */
    private List<Request> requests(SpanlakeClient client) {
        var requests = new ArrayList<Request>();
        int lines = traces.lines().size();
        for (int i = 0; i < objects; i++) {
            var project = Projects.register(client, "stages " + i);
            var own = traces.lines()
                    .subList((int) ((long) lines * i / objects), (int) ((long) lines * (i + 1) / objects));
            requests.addAll(Replay.asSdk(project).requests(own, random));
        }
        if (objects > 1) {
            Collections.shuffle(requests, random);
        }
        return requests;
    }

    private StagesSample sample(SpanlakeClient watcher) {
        return StagesSample.of(
                rowBytes.sum(),
                system.page(watcher, "/actuator/prometheus"),
                system.page(watcher, "/standalone/stages"),
                system.stageTimes(),
                system.footprint());
    }

    private void line(SpanlakeClient watcher, List<StagesSample> samples) {
        try {
            var now = sample(watcher);
            out.println(now.since(samples.getLast()) + "; " + now.costSince(samples.getLast()));
            samples.add(now);
        } catch (RuntimeException failed) {
            out.println("no answer about the stages: " + failed.getMessage());
        }
    }

    private void end(List<StagesSample> samples, StagesSample last) {
        var warm = WARM.compareTo(duration.dividedBy(3)) < 0 ? WARM : duration.dividedBy(3);
        var from = samples.get(Math.min(samples.size() - 1, Math.toIntExact(warm.dividedBy(LINE_EVERY))));
        out.println();
        out.println("without the first " + warm.toSeconds() + " s:");
        out.println("  " + last.since(from));
        out.println("  " + last.costSince(from));
        out.println("  core-ms per MB: " + last.stagesSince(from));
        out.printf(
                "  most at any reading: lag to processed %.0f s, to indexed %.0f s; unindexed %.0f MB; heap after collection %.0f MB; resident %.0f MB%n",
                most(samples, StagesSample::processedLag),
                most(samples, StagesSample::indexedLag),
                most(samples, sample -> sample.unindexedBytes() / 1e6),
                most(samples, sample -> sample.liveHeap() / 1e6),
                most(samples, sample -> sample.footprint().residentBytes() / 1e6));
    }

    private static double most(List<StagesSample> samples, ToDoubleFunction<StagesSample> what) {
        return samples.stream().mapToDouble(what).max().orElse(0);
    }
}
