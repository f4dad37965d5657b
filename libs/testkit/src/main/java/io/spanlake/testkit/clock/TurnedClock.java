package io.spanlake.testkit.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Lets whole processes take another time for the present, by libfaketime. The clock that only goes forward stays as it is: a
 * JVM waits by it.
 */
public final class TurnedClock {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
    private static final Path LIBRARY = Path.of("faketime", "libfaketime.so.1");

    private final Path library;

    private TurnedClock(Path library) {
        this.library = library;
    }

    /** Skips the test where the library is not found. */
    public static TurnedClock found() {
        return PLACES.stream()
                .flatMap(TurnedClock::below)
                .findFirst()
                .map(TurnedClock::new)
                .orElseGet(() -> Assumptions.abort(
                        "skipped, no clock can be turned here: apt-get install faketime, which brings " + LIBRARY));
    }

    /** In the folder, or one deeper, where systems that know many machines keep it. */
    private static Stream<Path> below(Path place) {
        try (var folders = Files.isDirectory(place) ? Files.list(place) : Stream.<Path>empty()) {
            return Stream.concat(Stream.of(place), folders)
                    .map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::isRegularFile)
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * What a process has to have in its environment.
     *
     * @param ahead of the time of the machine; negative is behind
     */
    public Map<String, String> by(Duration ahead) {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                "%+d".formatted(ahead.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Debian builds it with a mend for other systems, by which a timed wait for a monitor ends at once: no
                // broker starts.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                // Times of files are the machine's.
                "NO_FAKE_STAT",
                "1");
    }
}
