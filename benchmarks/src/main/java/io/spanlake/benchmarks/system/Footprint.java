package io.spanlake.benchmarks.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What processes take, as Linux counts it.
 *
 * @param processes     how many
 * @param residentBytes memory, shared pages counted once (proportional set size)
 * @param cpu           since their start
 */
public record Footprint(int processes, long residentBytes, Duration cpu) {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final int CLOCK_TICKS_PER_SECOND = 100;
    private static final int FIELD_UTIME = 11;
    private static final Footprint NOTHING = new Footprint(0, 0, Duration.ZERO);

    /** Of all processes but this one whose command line or working folder names the folder. */
    static Footprint ofProcesses(String folder) {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self)
                .map(process -> Path.of("/proc", Long.toString(process.pid())))
                .filter(process -> belongsTo(process, folder))
                .map(Footprint::of)
                .reduce(NOTHING, Footprint::plus);
    }

    static Footprint ofThisProcess() {
        return of(Path.of("/proc/self"));
    }

    /** Share of one core used between an earlier reading and this one. */
    double coresSince(Footprint earlier, Duration elapsed) {
        return (double) cpu.minus(earlier.cpu).toNanos() / elapsed.toNanos();
    }

    private Footprint plus(Footprint other) {
        return new Footprint(processes + other.processes, residentBytes + other.residentBytes, cpu.plus(other.cpu));
    }

    private static boolean belongsTo(Path process, String folder) {
        try {
            return text(process.resolve("cmdline")).contains(folder)
                    || Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    private static Footprint of(Path process) {
        try {
            var stat = text(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[FIELD_UTIME]) + Long.parseLong(fields[FIELD_UTIME + 1]);
            Matcher pss = PSS.matcher(text(process.resolve("smaps_rollup")));
            long bytes = pss.find() ? Long.parseLong(pss.group(1)) * 1024 : 0;
            return new Footprint(1, bytes, Duration.ofMillis(ticks * 1000 / CLOCK_TICKS_PER_SECOND));
        } catch (IOException gone) {
            return NOTHING;
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
