package io.spanlake.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a system has said, in all its logs. */
final class LogLines {
    private final List<Path> files;
    private final List<String> secrets;

    /** @param secrets that it was given or has made itself */
    LogLines(List<Path> files, List<String> secrets) {
        this.files = List.copyOf(files);
        this.secrets = List.copyOf(secrets);
    }

    static LogLines of(Standalone standalone) {
        return new LogLines(filesOf(standalone), secretsOf(standalone));
    }

    /** No line has a word of a payload, a key, or one of the secrets that were made at the first start. */
    void assertTellNothingOf(String payload) {
        var never = new ArrayList<>(secrets);
        never.add(payload);
        never.add(Standalone.KEY);
        long lines = 0;
        for (var file : files) {
            for (var line : lines(file)) {
                lines++;
                assertThat(never).as("%s: %s", file, line).noneMatch(line::contains);
            }
        }
        assertThat(lines).as("lines of logs").isPositive();
    }

    private static List<String> secretsOf(Standalone standalone) {
        return lines(standalone.data().resolve("secrets")).stream()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .filter(secret -> secret.length() >= 8)
                .toList();
    }

    private static List<Path> filesOf(Standalone standalone) {
        try (var files = Files.walk(standalone.data().resolve("log"))) {
            var found = new ArrayList<>(files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".gz"))
                    .toList());
            found.add(standalone.log());
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
