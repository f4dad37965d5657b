package io.spanlake.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that says by HTTP when it is ready.
 *
 * @param name for errors
 * @param log  what it prints
 */
record ServedProcess(String name, Process process, URI url, Path log) {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final int LINES_SHOWN = 40;

    /** One for all: asking for a process that is not there yet costs next to nothing. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** @throws IllegalStateException where it ends before, or takes too long, with the end of its log */
    void awaitReady() {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!answersReady()) {
            if (!process.isAlive()) {
                throw failed("ended with " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw failed("is not ready within " + READY_WITHIN);
            }
            Pauses.millis(50);
        }
    }

    IllegalStateException failed(String how) {
        return new IllegalStateException("%s %s; its log, %s, ends:%n%s".formatted(name, how, log, endOfLog()));
    }

    private boolean answersReady() {
        try {
            var request = HttpRequest.newBuilder(url.resolve("/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException none) {
            return "(no log)";
        }
    }
}
