package io.spanlake.standalone.command;

import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the system up. */
@Command(name = "start", description = "Starts the system; returns when it takes requests.")
final class StartCommand implements Callable<Integer> {
    @Mixin
    private InstanceOptions options = new InstanceOptions();

    @Option(names = "--foreground", description = "Stay, until a signal ends it: for containers.")
    private boolean foreground;

    /** Another process tells the person: this one's output is kept in a file, where no key belongs. */
    @Option(names = "--silent", hidden = true)
    private boolean silent;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var data = options.dataFolder();
        var out = spec.commandLine().getOut();
        boolean first = Credentials.find(data).isEmpty();
        if (foreground) {
            new Foreground()
                    .serve(
                            data,
                            options.port(),
                            () -> InstanceFile.read(data)
                                    .filter(_ -> !silent)
                                    .ifPresent(instance -> tell(out, data, instance, first)));
        } else {
            data.requireUntaken();
            tell(out, data, Background.start(data, options.port()), first);
        }
        return 0;
    }

    static void tell(PrintWriter out, DataFolder data, InstanceFile instance, boolean first) {
        out.printf("Spanlake is ready at %s%n", instance.url());
        Credentials.find(data).ifPresent(credentials -> {
            out.printf("  organization  %s%n  project       %s%n", credentials.organization(), credentials.project());
            if (first && credentials.madeUp()) {
                out.printf("  API key       %s   (shown this once)%n", credentials.apiKey());
            }
        });
        out.printf("  data          %s%n", data.root());
        out.printf("  log           %s%n", data.serverLog());
        out.printf("  metrics       %s/actuator/prometheus%n", instance.url());
        out.flush();
    }
}
