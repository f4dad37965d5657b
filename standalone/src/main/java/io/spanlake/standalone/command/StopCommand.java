package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the system down. */
@Command(name = "stop", description = "Stops the instance on the data folder; returns when it has ended.")
final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var data = options.dataFolder();
        var out = spec.commandLine().getOut();
        if (!data.isTaken()) {
            out.printf("Nothing runs on %s%n", data.root());
            return 0;
        }
        var instance = InstanceFile.read(data)
                .orElseThrow(() -> new StartFailure("an instance is just starting on " + data.root()));
        stop(data, instance);
        out.printf("Stopped%n");
        return 0;
    }

    private static void stop(DataFolder data, InstanceFile instance) throws InterruptedException {
        // The lock is held, so the pid is the holder's and of nobody else.
        var process = ProcessHandle.of(instance.pid())
                .orElseThrow(() -> new StartFailure("process %d is not one of this machine".formatted(instance.pid())));
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartFailure("process %d has not ended within %d s. The log says more: %s"
                    .formatted(instance.pid(), PATIENCE.toSeconds(), data.serverLog()));
        } catch (ExecutionException e) {
            throw new StartFailure("process %d: %s".formatted(instance.pid(), e.getMessage()), e);
        }
    }
}
