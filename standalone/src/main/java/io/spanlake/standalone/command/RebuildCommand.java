package io.spanlake.standalone.command;

import io.spanlake.standalone.serve.LostCatalog;
import io.spanlake.standalone.show.RebuildText;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a lost catalog again. */
@Command(
        name = "rebuild",
        description = {
            "Makes the catalog of a data folder again from its blobs alone, where PostgreSQL or its content is lost.",
            "No instance runs meanwhile. Afterwards start goes on where the blobs end, and Kafka with what they lack.",
            "Exit code 5 where something is missing or could not be read: it is said, and the rest is there."
        })
final class RebuildCommand implements Callable<Integer> {
    private static final int UNSOUND = 5;

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    @Option(names = "--discard", description = "Put aside a database that has content, or does not start.")
    private boolean discard;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var lost = new LostCatalog(options.dataFolder(), System.getenv(), InstantSource.system(), line -> {
            out.println(line + " …");
            out.flush();
        });
        var rebuilt = lost.rebuild(discard);
        RebuildText.of(rebuilt.catalog(), rebuilt.directory()).forEach(out::println);
        out.flush();
        boolean whole = rebuilt.catalog().problems().isEmpty()
                && rebuilt.directory().problems().isEmpty();
        return whole ? 0 : UNSOUND;
    }
}
