package io.spanlake.standalone.command;

import io.spanlake.standalone.data.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which instance of this machine is meant. */
final class InstanceOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:SPANLAKE_DATA:-${sys:spanlake.home:-.}/data}")
    private Path data = Path.of("data");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port on 127.0.0.1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "${env:SPANLAKE_PORT:-8400}")
    private int port = 8400;

    DataFolder dataFolder() {
        return new DataFolder(data);
    }

    int port() {
        return port;
    }
}
