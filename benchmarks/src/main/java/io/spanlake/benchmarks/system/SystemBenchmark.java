package io.spanlake.benchmarks.system;

import io.spanlake.benchmarks.load.Load;
import io.spanlake.benchmarks.load.LoadResult;
import io.spanlake.benchmarks.load.Projects;
import io.spanlake.benchmarks.load.SpanlakeClient;
import io.spanlake.benchmarks.load.VisibilityProbe;
import io.spanlake.benchmarks.load.Workload;
import io.spanlake.benchmarks.replay.Replay;
import io.spanlake.benchmarks.replay.Request;
import io.spanlake.benchmarks.replay.TraceSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The order of measurements:
 *
 * <ol>
 *   <li>first start, idleness, restart
 *   <li>full load and the bare producer in turns, the median of each
 *   <li>requests of 20 rows at a tenth of the full rate
 *   <li>lone writes until visible
 *   <li>half the full rate, with samples of its rows until visible
 * </ol>
 *
 * The last three each have a project of their own: full load leaves millions of rows in its tail, which is another question.
 */
final class SystemBenchmark {
    /** Eight SDKs, each with the eight requests at once that one may have. */
    private static final int CONNECTIONS = 64;

    private static final int SMALL_ROWS = 20;
    private static final Duration POLL_LONE = Duration.ofMillis(2);
    private static final Duration POLL_LOADED = Duration.ofMillis(10);
    private static final int PROBES = 3;
    private static final double MIB = 1 << 20;
    /** Share of the cores that a run has to have had for its rates to count. */
    private static final double WHOLE_MACHINE = 0.75;

    private final StandaloneProcess system;
    private final TraceSource traces;
    private final Plan plan;
    private final Report report;
    private final Random random = new Random(1);
    private final int run = new Random().nextInt();

    SystemBenchmark(StandaloneProcess system, TraceSource traces, Plan plan, Report report) {
        this.system = system;
        this.traces = traces;
        this.plan = plan;
        this.report = report;
        report.note(traces.name());
    }

    void run() {
        report.value("first start, folders made anew", seconds(system.start()));
        idle();
        system.stop();
        report.atMost("start on existing data", system.start().toMillis() / 1e3, "s", 15);
        try (var client = system.client(CONNECTIONS)) {
            var project = Projects.register(client, "benchmark");
            var requests = Replay.asSdk(project).requests(traces.lines(), random);
            double full = throughput(client, project, requests);
            smallRequests(client, Projects.register(client, "small requests"), full);
            loneWrites(client, Projects.register(client, "lone writes"));
            halfRate(client, Projects.register(client, "half rate"), full);
        }
        report.value(
                "memory after load", "%.0f MiB".formatted(system.footprint().residentBytes() / MIB));
    }

    private void idle() {
        pause(plan.settle());
        var before = system.footprint();
        var stagesBefore = system.stageTimes();
        pause(plan.idle());
        var after = system.footprint();
        var stages = system.stageTimes();
        report.atMost("idle: memory of all its processes", after.residentBytes() / MIB, "MiB", 1536);
        double cores = after.coresSince(before, plan.idle());
        double ofTheJvm = (double) stages.total().minus(stagesBefore.total()).toMillis()
                / plan.idle().toMillis();
        report.atMost("idle: CPU", cores * 100, "% core", 3);
        report.value("  of it database and cache", "%.2f %% core".formatted((cores - ofTheJvm) * 100));
        report.note("idle, percent of a core: %s".formatted(stages.sharesSince(stagesBefore, plan.idle())));
    }

    private double throughput(SpanlakeClient client, String project, List<Request> requests) {
        var load = new Load(client, new Workload(requests, run), request -> {});
        var bare = new ArrayList<Double>();
        var packed = new ArrayList<Double>();
        var full = new ArrayList<LoadResult>();
        try (var rows = new BareProducer(system.kafka(), "writes", project, requests, BareProducer.Shape.ROW);
                var envelopes =
                        new BareProducer(system.kafka(), "writes", project, requests, BareProducer.Shape.ENVELOPE)) {
            warmUp(load);
            rows.run(plan.bare());
            envelopes.run(plan.bare());
            for (int round = 0; round < plan.rounds(); round++) {
                bare.add(rows.run(plan.bare()));
                full.add(measured(load));
                packed.add(envelopes.run(plan.bare()));
            }
        }
        bare.sort(null);
        packed.sort(null);
        full.sort((a, b) -> Double.compare(a.megabytesPerSecond(), b.megabytesPerSecond()));
        var median = full.get(full.size() / 2);
        double bareMedian = bare.get(bare.size() / 2);
        report.value("bare producer, a record a row, same rows, same broker", "%.1f MB/s".formatted(bareMedian));
        report.value(
                "bare producer, rows packed as the gateway does", "%.1f MB/s".formatted(packed.get(packed.size() / 2)));
        report.value(
                "POST /logs3, 100 rows a request, all acknowledged",
                "%.1f MB/s".formatted(median.megabytesPerSecond()));
        report.atLeast("  ratio (60 is the goal)", median.megabytesPerSecond() * 100 / bareMedian, "%", 40);
        report.value(
                "  rounds, bare", bare.stream().map("%.0f"::formatted).toList().toString());
        report.value(
                "  rounds, POST /logs3",
                full.stream()
                        .map(r -> "%.0f".formatted(r.megabytesPerSecond()))
                        .toList()
                        .toString());
        report.value(
                "  acknowledged p50 / p99 at full rate",
                "%.0f / %.0f ms".formatted(median.millisAt(50), median.millisAt(99)));
        full.forEach(result -> faults("full rate", result));
        return median.megabytesPerSecond();
    }

    private void warmUp(Load load) {
        var rates = new ArrayList<Double>();
        while (!plan.warmUp().isOver(rates)) {
            rates.add(load.full(CONNECTIONS, plan.warmUp().round()).megabytesPerSecond());
        }
        report.note("warm-up, MB/s: " + rates.stream().map("%.0f"::formatted).toList());
    }

    /** One round of full load, with the cores that the system and this process took. */
    private LoadResult measured(Load load) {
        var systemBefore = system.footprint();
        var stagesBefore = system.stageTimes();
        var selfBefore = Footprint.ofThisProcess();
        var result = load.full(CONNECTIONS, plan.full());
        double megabytes = result.rowBytes() / 1e6;
        double cores = system.footprint().coresSince(systemBefore, result.elapsed());
        double ownCores = Footprint.ofThisProcess().coresSince(selfBefore, result.elapsed());
        report.note("full load: %s; cores of the system %.2f, of the load %.2f"
                .formatted(result.summary(), cores, ownCores));
        if (cores + ownCores < WHOLE_MACHINE * Runtime.getRuntime().availableProcessors()) {
            report.note(
                    "  a part of the cores stood still or worked for others: rates and ratios of this run say nothing");
        }
        report.note("  core-ms per MB: %s; of the load %.2f"
                .formatted(
                        system.stageTimes().perMegabyteSince(stagesBefore, megabytes),
                        ownCores * result.elapsed().toMillis() / megabytes));
        return result;
    }

    private void smallRequests(SpanlakeClient client, String project, double full) {
        var requests = Replay.asSdk(project).withRowsPerRequest(SMALL_ROWS).requests(traces.lines(), random);
        var load = new Load(client, new Workload(requests, run + 1), request -> {});
        var result = load.scheduled(full * 1e6 / 10, plan.smallRequests());
        report.atMost("request of 20 rows acknowledged, p50, a tenth of full rate", result.millisAt(50), "ms", 15);
        report.value("  p99 / max", "%.1f / %.1f ms".formatted(result.millisAt(99), result.millisAt(100)));
        faults("20 rows", result);
    }

    private void loneWrites(SpanlakeClient client, String project) {
        var requests = Replay.asSdk(project).withRowsPerRequest(1).requests(traces.lines(), random);
        var workload = new Workload(requests, run + 2);
        var probe = new VisibilityProbe(client, rowsOf(project), POLL_LONE);
        for (int i = 0; i < plan.loneWrites(); i++) {
            pause(Duration.ofMillis(400 + random.nextInt(400)));
            var request = workload.next();
            client.post("/logs3", request.body()).block();
            probe.await(request.rowId(0), System.nanoTime());
            request.release();
        }
        report.atMost("acknowledged to visible, lone write, p50", probe.millisAt(50), "ms", 100);
        visibility(probe);
    }

    private void halfRate(SpanlakeClient client, String project, double full) {
        var requests = Replay.asSdk(project).requests(traces.lines(), random);
        var probes = new VisibilityProbes(client, rowsOf(project), POLL_LOADED, PROBES);
        var load = new Load(client, new Workload(requests, run + 3), probes::offer);
        var result = load.scheduled(full * 1e6 / 2, plan.halfRate());
        var seen = probes.finish();
        report.atMost("acknowledged to visible, half of full rate, p50", seen.millisAt(50), "ms", 300);
        report.atMost("  p99", seen.millisAt(99), "ms", 1000);
        visibility(seen);
        report.value("  rate kept", "%.1f MB/s".formatted(result.megabytesPerSecond()));
        report.value(
                "  acknowledged p50 / p99 at half rate",
                "%.1f / %.1f ms".formatted(result.millisAt(50), result.millisAt(99)));
        faults("half rate", result);
    }

    private void visibility(VisibilityProbe probe) {
        report.value(
                "  p99 / max of %d rows, %d never seen".formatted(probe.count(), probe.missing()),
                "%.0f / %.0f ms".formatted(probe.millisAt(99), probe.millisAt(100)));
    }

    private void faults(String where, LoadResult result) {
        if (result.busy() > 0 || !result.failures().isEmpty()) {
            report.note("%s: %d answers busy, failures %s".formatted(where, result.busy(), result.failures()));
        }
    }

    private static String rowsOf(String project) {
        return "/ui/objects/project_logs/" + project + "/rows/";
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1e3);
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
