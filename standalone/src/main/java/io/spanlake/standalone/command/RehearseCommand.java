package io.spanlake.standalone.command;

import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.embed.Ports;
import io.spanlake.standalone.serve.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Does once, on a folder of its own, what an instance does in its first minute. Run by the build with {@code
 * -XX:AOTCacheOutput}: the JVM keeps which classes that took, loaded and linked, and what it found out about their methods,
 * so that a start takes a third of the time. See docs/decisions/0018.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Starts, writes, indexes, reads and stops, for the JVM to note.")
final class RehearseCommand implements Callable<Integer> {
    @Option(names = "--in", paramLabel = "DIR", required = true, description = "Where the folder is made and removed.")
    private Path parent = Path.of("target");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(parent, "rehearsal-");
        var data = new DataFolder(folder.resolve("data"));
        try (var _ = Standalone.start(data, Ports.free(), Map.of())) {
            return use(data, spec.commandLine().getOut());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static int use(DataFolder data, PrintWriter out) throws IOException, InterruptedException {
        try (var client = ClientOptions.client(data, Map.of())) {
            var project = client.projectId("demo");
            if (!LoadCommand.load(client, project, DemoCommand.samples(data), out)) {
                return 1;
            }
            client.get("/ui/objects/project_logs/" + project + "/rows?limit=50&strict=true");
        }
        for (var command : new String[][] {
            {"compact", "--data", data.root().toString()},
            {"query", "--data", data.root().toString(), "select count(*) from project_logs('demo')"}
        }) {
            int exit = SpanlakeCommand.commandLine().setOut(out).execute(command);
            if (exit != CommandLine.ExitCode.OK) {
                return exit;
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
