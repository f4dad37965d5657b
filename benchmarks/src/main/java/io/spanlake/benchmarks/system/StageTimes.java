package io.spanlake.benchmarks.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CPU of one process by stage, since its start, as Linux counts it. Unlike a rate, what a megabyte costs hardly depends on
 * who else uses the machine.
 */
record StageTimes(Map<Stage, Duration> cpu) {
    private static final int MILLIS_PER_TICK = 10;
    private static final int FIELD_UTIME = 11;

    StageTimes {
        cpu = Map.copyOf(cpu);
    }

    static StageTimes of(long pid) {
        var cpu = new EnumMap<Stage, Duration>(Stage.class);
        for (var thread : threads(Path.of("/proc", Long.toString(pid), "task"))) {
            var stat = text(thread.resolve("stat"));
            if (!stat.isEmpty()) {
                int nameEnd = stat.lastIndexOf(')');
                var stage = Stage.of(stat.substring(stat.indexOf('(') + 1, nameEnd));
                cpu.merge(stage, time(stat.substring(nameEnd + 2)), Duration::plus);
            }
        }
        return new StageTimes(cpu);
    }

    /** "gateway 4.10, broker 1.72, …": milliseconds of one core for each megabyte, since an earlier reading. */
    String perMegabyteSince(StageTimes earlier, double megabytes) {
        return List.of(Stage.values()).stream()
                .map(stage -> String.format(
                        Locale.ROOT, "%s %.2f", stage.title(), (millis(stage) - earlier.millis(stage)) / megabytes))
                .collect(Collectors.joining(", "));
    }

    /** "gateway 0.21, broker 1.02, …": percent of one core, since an earlier reading. */
    String sharesSince(StageTimes earlier, Duration elapsed) {
        return List.of(Stage.values()).stream()
                .map(stage -> String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        stage.title(),
                        (millis(stage) - earlier.millis(stage)) * 100 / elapsed.toMillis()))
                .collect(Collectors.joining(", "));
    }

    /** Of all stages together. */
    Duration total() {
        return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    private double millis(Stage stage) {
        return cpu.getOrDefault(stage, Duration.ZERO).toMillis();
    }

    private static Duration time(String fieldsBehindName) {
        var fields = fieldsBehindName.split(" ", -1);
        long ticks = Long.parseLong(fields[FIELD_UTIME]) + Long.parseLong(fields[FIELD_UTIME + 1]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    private static List<Path> threads(Path tasks) {
        try (var threads = Files.list(tasks)) {
            return threads.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where the thread has ended. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
