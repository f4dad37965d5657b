package io.spanlake.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The traces beside the repository. A test that needs some and does not find them is skipped, and says which. */
final class Samples {
    private Samples() {}

    static Path file(String name) {
        var file = Places.corpusFile(name);
        assumeTrue(file.isPresent(), () -> name + " is not here: SPANLAKE_CORPUS names the folder of the traces");
        return file.orElseThrow();
    }

    static String text(String name) {
        return text(file(name));
    }

    /** Lines end in LF alone: U+2028 and its kind stand unescaped within them. */
    static List<String> linesOf(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
    }

    static String text(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
