package io.spanlake.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs JMH; what it does not know itself it leaves to JMH's own command line. */
@Command(
        name = "micro",
        description = "JMH benchmarks of single steps; takes JMH's own options and a pattern of names.")
public final class MicroCommand implements Callable<Integer> {
    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws RunnerException, CommandLineOptionException {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments.toArray(String[]::new)))
                .addProfiler(CpuProfiler.class)
                .build();
        new Runner(options).run();
        return 0;
    }
}
