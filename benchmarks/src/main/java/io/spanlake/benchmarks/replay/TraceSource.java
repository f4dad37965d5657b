package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import io.spanlake.traces.TraceGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where traces come from: a folder of recorded ones, or, where there is none, the generator, whose traces of one seed are
 * always the same.
 *
 * @param name  for the report
 * @param lines spans in the neutral form
 */
public record TraceSource(String name, List<ByteSlice> lines) {
    private static final long SEED = 1;
    private static final Instant FIRST_START = Instant.parse("2026-01-01T00:00:00Z");

    public TraceSource {
        lines = List.copyOf(lines);
    }

    /** @param bytesMax about how much of them */
    public static TraceSource open(String folder, long bytesMax) {
        var path = Path.of(folder).toAbsolutePath().normalize();
        return Files.isDirectory(path)
                ? new TraceSource("recorded traces (" + path + ")", TraceLines.ofFolder(path, bytesMax))
                : new TraceSource("generated traces, seed " + SEED, generated(bytesMax));
    }

    private static List<ByteSlice> generated(long bytesMax) {
        var generator = new TraceGenerator(SEED, FIRST_START);
        var lines = new ArrayList<ByteSlice>();
        long bytes = 0;
        while (bytes < bytesMax) {
            for (var span : generator.next().spans()) {
                var line = ByteSlice.ofUtf8(span.toJsonLine().stripTrailing());
                lines.add(line);
                bytes += line.length();
            }
        }
        return lines;
    }
}
