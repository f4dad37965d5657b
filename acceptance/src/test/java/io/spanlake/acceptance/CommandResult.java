package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a command ended, and what it printed. */
record CommandResult(int exitCode, String output) {
    static CommandResult of(ProcessBuilder builder, Duration within) {
        try {
            var printed = Files.createTempFile("spanlake-acceptance", ".out");
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("%s did not end within %s; it printed:%n%s"
                        .formatted(builder.command(), within, Files.readString(printed, StandardCharsets.UTF_8)));
            }
            var output = Files.readString(printed, StandardCharsets.UTF_8);
            Files.delete(printed);
            return new CommandResult(process.exitValue(), output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The output, where the command succeeded. */
    String orThrow() {
        if (exitCode != 0) {
            throw new IllegalStateException("ended with %d, printed:%n%s".formatted(exitCode, output));
        }
        return output;
    }
}
