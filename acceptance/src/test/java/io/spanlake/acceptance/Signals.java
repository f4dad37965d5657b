package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the system tells a process, beyond what {@link ProcessHandle} can say. */
final class Signals {
    private Signals() {}

    /** All of them stand still for this time, in the midst of whatever they do, and then go on as if nothing was. */
    static void pause(Collection<ProcessHandle> processes, Duration time) {
        processes.forEach(process -> send("STOP", process));
        Pauses.millis(time.toMillis());
        processes.forEach(process -> send("CONT", process));
    }

    static void send(String signal, ProcessHandle process) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -%s %d failed".formatted(signal, process.pid()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static List<ProcessHandle> withDescendants(ProcessHandle process) {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        return all;
    }
}
