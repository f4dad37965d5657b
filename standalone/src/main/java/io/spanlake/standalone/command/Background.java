package io.spanlake.standalone.command;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the process that serves, apart from this one and its terminal. */
final class Background {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final long POLL_MS = 50;

    private Background() {}

    /** Blocks until the instance takes requests. */
    static InstanceFile start(DataFolder data, int port) throws IOException, InterruptedException {
        Files.createDirectories(data.log());
        var complaints = data.log().resolve("start.log");
        var process = launch(data, port, complaints);
        long until = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < until) {
            var instance = InstanceFile.read(data).filter(found -> found.pid() == process.pid());
            if (instance.isPresent()) {
                return instance.get();
            }
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                throw new StartFailure(reasonIn(complaints, process.exitValue()));
            }
        }
        process.destroy();
        throw new StartFailure("it was not ready within %d s. The log says more: %s"
                .formatted(READY_WITHIN.toSeconds(), data.serverLog()));
    }

    /** {@code exec} keeps the pid; {@code nohup} and a group of its own keep it alive when the terminal goes. */
    private static Process launch(DataFolder data, int port, Path complaints) throws IOException {
        var command = new ArrayList<String>(List.of("/bin/sh", "-c", "exec nohup \"$@\"", "sh"));
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(server(data));
        command.addAll(List.of(
                "start",
                "--foreground",
                "--silent",
                "--data",
                data.root().toString(),
                "--port",
                Integer.toString(port)));
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(complaints.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> server(DataFolder data) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var home = Optional.ofNullable(System.getProperty("spanlake.home"))
                .orElseThrow(() -> new StartFailure("start is a command of the launcher: ./spanlake start"));
        var jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        return OwnProgram.of(data, jar)
                .command(java, "@" + Path.of(home, "standalone", "server.jvm"), "-Dspanlake.home=" + home);
    }

    private static String reasonIn(Path complaints, int exit) throws IOException {
        var said = Files.readString(complaints).strip();
        if (said.isEmpty()) {
            return "the server ended at once (exit code %d) and said nothing".formatted(exit);
        }
        int begin = said.indexOf("spanlake: ");
        return begin < 0 ? said : said.substring(begin + "spanlake: ".length());
    }
}
