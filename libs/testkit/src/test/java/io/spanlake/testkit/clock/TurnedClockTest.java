package io.spanlake.testkit.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnedClockTest {
    @ParameterizedTest
    @ValueSource(ints = {-300, 5})
    void aProcessTakesThatTimeForThePresent(int seconds) throws Exception {
        var date = new ProcessBuilder("date", "+%s").redirectErrorStream(true);
        date.environment().putAll(TurnedClock.found().by(Duration.ofSeconds(seconds)));

        var process = date.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(Instant.ofEpochSecond(Long.parseLong(said.strip())))
                .isBetween(
                        Instant.now().plusSeconds(seconds - 10), Instant.now().plusSeconds(seconds + 1));
    }
}
