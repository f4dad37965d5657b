package io.spanlake.benchmarks.system;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that a run ends with; each line of it is told as it comes. */
public final class Report {
    private record Line(String what, String measured, String wanted, String met) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final PrintStream progress;

    /** @param progress gets each line as soon as it is known */
    public Report(PrintStream progress) {
        this.progress = progress;
    }

    public void note(String text) {
        notes.add(text);
        progress.println(text);
    }

    public void value(String what, String measured) {
        add(new Line(what, measured, "", ""));
    }

    public void atMost(String what, double measured, String unit, double limit) {
        add(what, measured, unit, "≤ ", limit, measured <= limit);
    }

    public void atLeast(String what, double measured, String unit, double limit) {
        add(what, measured, unit, "≥ ", limit, measured >= limit);
    }

    private void add(String what, double measured, String unit, String sign, double limit, boolean met) {
        add(new Line(what, number(measured) + " " + unit, sign + number(limit) + " " + unit, met ? "yes" : "NO"));
    }

    private void add(Line line) {
        lines.add(line);
        progress.println("%s: %s %s".formatted(line.what, line.measured, line.met));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }

    @Override
    public String toString() {
        var text =
                new StringBuilder("\n| %-58s | %14s | %14s | %3s |%n".formatted("what", "measured", "wanted", "met"));
        text.append("| %s | %s: | %s: | --- |%n".formatted("-".repeat(58), "-".repeat(13), "-".repeat(13)));
        for (var line : lines) {
            text.append("| %-58s | %14s | %14s | %3s |%n".formatted(line.what, line.measured, line.wanted, line.met));
        }
        notes.forEach(note -> text.append("\n").append(note));
        return text.append("\n").append(machine()).append("\n").toString();
    }

    private static String machine() {
        return "%s · %d cores (%s) · %s · JDK %s · %s"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        procLine("/proc/cpuinfo", "model name"),
                        procLine("/proc/meminfo", "MemTotal"),
                        Runtime.version(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String procLine(String file, String name) {
        try (var found = Files.lines(Path.of(file))) {
            return found.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }
}
