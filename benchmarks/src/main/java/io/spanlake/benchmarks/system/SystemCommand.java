package io.spanlake.benchmarks.system;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "system", description = "todo", mixinStandardHelpOptions = true)
public final class SystemCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
