package io.spanlake.standalone.command;

import com.sun.net.httpserver.HttpServer;
import io.spanlake.standalone.probe.Probe;
import io.spanlake.standalone.probe.ProbeTally;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes and reads back, and says where a promise is broken. */
@Command(
        name = "probe",
        description = {
            "Writes a trace each second and reads it back, at once and when it is older; deletes what is old, and looks that it",
            "is gone. Says so where a row that was acknowledged is lost, doubled, wrong, or not visible within 10 s.",
            "Runs until it is stopped, or for --rounds; exit code 6 where anything was found."
        })
final class ProbeCommand implements Callable<Integer> {
    private static final int FOUND = 6;
    private static final int TOLD_EVERY = 60;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds, each one trace (default: for ever).")
    private long rounds = Long.MAX_VALUE;

    @Option(names = "--pause", paramLabel = "MS", description = "Milliseconds between two rounds (default: 1000).")
    private long pauseMillis = 1_000;

    @Option(names = "--metrics", paramLabel = "PORT", description = "Serves metrics for Prometheus here, on localhost.")
    private Optional<Integer> metricsPort = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var tally = new ProbeTally();
        var metrics =
                metricsPort.isPresent() ? Optional.of(serve(metricsPort.get(), tally)) : Optional.<HttpServer>empty();
        try (var client = options.client()) {
            var run = Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);
            var project = client.projectId(options.projectName());
            var probe = new Probe(client, project, run, tally, finding -> alarm(out, finding), System::nanoTime);
            for (long round = 0; round < rounds; round++) {
                probe.round(round);
                if (round % TOLD_EVERY == 0) {
                    out.println(tally);
                    out.flush();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
        } finally {
            metrics.ifPresent(server -> server.stop(0));
        }
        out.println(tally);
        out.flush();
        return tally.alarms() ? FOUND : 0;
    }

    private static void alarm(PrintWriter out, String finding) {
        out.println(Instant.now() + " " + finding);
        out.flush();
    }

    private static HttpServer serve(int port, ProbeTally tally) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] page = tally.page().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("content-type", PROMETHEUS);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        return server;
    }
}
