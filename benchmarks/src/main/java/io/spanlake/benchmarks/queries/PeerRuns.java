package io.spanlake.benchmarks.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Other stores over the same rows, by the scripts that come with them, where they were set up: {@code PEERS_WORK} names the
 * folder that holds their programs and data.
 */
final class PeerRuns {
    private final Path home;
    private final Path work;
    private final int copies;

    private PeerRuns(Path home, Path work, int copies) {
        this.home = home;
        this.work = work;
        this.copies = copies;
    }

    /** Empty where they are not at hand. */
    static Optional<PeerRuns> at(Path home, Path work, int copies) {
        return Files.isExecutable(home.resolve("peers.sh")) && Files.isDirectory(work.resolve("lib"))
                ? Optional.of(new PeerRuns(home, work, copies))
                : Optional.empty();
    }

    /** Loads where it has not these copies already, asks, and gives what was measured last by name. */
    Map<String, String> run(String peer) {
        boolean server = peer.equals("opensearch");
        var mark = work.resolve("data").resolve(peer + ".copies");
        if (server) {
            script("start-" + peer);
        }
        try {
            boolean loaded = Files.exists(mark) && Files.readString(mark).equals(Integer.toString(copies));
            if (!loaded) {
                Files.deleteIfExists(mark);
                script("run", peer, Integer.toString(copies), "ingest,settle");
                Files.createDirectories(mark.getParent());
                Files.writeString(mark, Integer.toString(copies));
            }
            script("run", peer, Integer.toString(copies), "query");
            return results(peer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (server) {
                script("stop-" + peer);
            }
        }
    }

    private Map<String, String> results(String peer) throws IOException {
        var last = new HashMap<String, String>();
        for (var line : Files.readAllLines(work.resolve("results.tsv"))) {
            var cells = line.split("\t", -1);
            if (cells.length > 3 && cells[0].equals(peer) && cells[1].equals(Integer.toString(copies))) {
                last.put(cells[2], cells[3]);
            }
        }
        return last;
    }

    private void script(String... arguments) {
        var command = new ArrayList<>(List.of(home.resolve("peers.sh").toString()));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            work.resolve("peers.log").toFile()))
                    .redirectErrorStream(true);
            builder.environment().put("PEERS_WORK", work.toString());
            builder.environment().put("PEERS_KEEP", "1");
            builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        "exit %d of %s; %s says more".formatted(exit, command, work.resolve("peers.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }
}
