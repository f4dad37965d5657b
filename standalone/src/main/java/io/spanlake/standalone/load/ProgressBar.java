package io.spanlake.standalone.load;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How far a file is: a bar that moves on a terminal, one line at the end elsewhere. Not thread-safe. */
public final class ProgressBar {
    private static final int WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private String name = "";
    private long bytes;
    private long begun;
    private long drawn;
    private String line = "";

    public ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    void begin(Path file, long fileBytes) {
        name = String.valueOf(file.getFileName());
        bytes = Math.max(1, fileBytes);
        begun = nanoTime.getAsLong();
        drawn = begun - REDRAW.toNanos();
        at(0, 0);
    }

    void at(long read, long items) {
        long now = nanoTime.getAsLong();
        double seconds = Math.max(0.001, (now - begun) / 1e9);
        int filled = (int) (WIDTH * Math.min(read, bytes) / bytes);
        line = "%s [%s%s] %3d%%  %,d rows  %.1f MB/s"
                .formatted(
                        name,
                        "#".repeat(filled),
                        "·".repeat(WIDTH - filled),
                        100 * Math.min(read, bytes) / bytes,
                        items,
                        read / 1e6 / seconds);
        if (terminal && now - drawn >= REDRAW.toNanos()) {
            drawn = now;
            out.print("\r" + line);
            out.flush();
        }
    }

    void end(long items) {
        drawn = nanoTime.getAsLong();
        at(bytes, items);
        out.println(terminal ? "\r" + line : line);
        out.flush();
    }
}
