package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where traces come from: the folder that {@code SPANLAKE_CORPUS} names, or {@code ../shared/data} where it exists.
 *
 * @param name for the report
 */
public record TraceSource(String name, List<ByteSlice> lines) {
    public static TraceSource open(String folder, long bytesMax) {
        var path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("no folder of traces: " + path.toAbsolutePath());
        }
        var lines = TraceLines.ofFolder(path, bytesMax);
        return new TraceSource("traces of " + path.toAbsolutePath().normalize(), lines);
    }
}
