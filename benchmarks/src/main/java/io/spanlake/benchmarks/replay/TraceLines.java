package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Spans in the neutral form, one JSON object a line; lines end on LF only. */
public final class TraceLines {
    private TraceLines() {}

    /**
     * All {@code traces-*.jsonl.gz} and {@code traces-*.jsonl} of a folder, in order of their names.
     *
     * @param bytesMax stop after so many bytes of lines
     */
    public static List<ByteSlice> ofFolder(Path folder, long bytesMax) {
        try (var files = Files.list(folder)) {
            var lines = new ArrayList<ByteSlice>();
            long left = bytesMax;
            for (var file : files.filter(TraceLines::holdsTraces).sorted().toList()) {
                if (left > 0) {
                    left = read(file, lines, left);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsTraces(Path file) {
        return file.getFileName().toString().matches("traces-.*\\.jsonl(\\.gz)?");
    }

    private static long read(Path file, List<ByteSlice> lines, long bytesMax) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            return bytesMax - split(in.readAllBytes(), lines, bytesMax);
        }
    }

    private static long split(byte[] text, List<ByteSlice> lines, long bytesMax) {
        int from = 0;
        for (int at = 0; at < text.length && from < bytesMax; at++) {
            if (text[at] == '\n') {
                if (at > from) {
                    lines.add(ByteSlice.of(text, from, at - from));
                }
                from = at + 1;
            }
        }
        return from;
    }
}
