package io.spanlake.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service as it is deployed: wired by Spring, and in a process that is killed. */
@Timeout(300)
class SegmentsApplicationTest {
    private ProcessorKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new ProcessorKit(folder, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void processesWhatIsLogged() {
        try (var service = new SpringApplicationBuilder(SegmentsApplication.class).run(arguments("wired"))) {
            assertThat(service.isRunning()).isTrue();
            kit.log(80);
            kit.awaitIdle();
        }

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    @Test
    void nothingIsLostOrDoubledWhenItsProcessIsKilledUnderLoad() throws InterruptedException {
        var random = new Random(20261124);
        for (int i = 0; i < 2; i++) {
            var process = launch("killed-" + i);
            try {
                loadUntilItMovesAnd(Duration.ofMillis(random.nextInt(800)));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        kit.start();
        kit.awaitIdle();

        assertThat(kit.processed()).containsExactlyInAnyOrderElementsOf(kit.logged());
    }

    private void loadUntilItMovesAnd(Duration longer) {
        long before = processed();
        kit.await("it moves", Duration.ofSeconds(90), () -> {
            kit.log(40);
            return processed() > before;
        });
        long until = System.nanoTime() + longer.toNanos();
        while (System.nanoTime() < until) {
            kit.log(40);
        }
    }

    private long processed() {
        long processed = 0;
        for (int partition = 0; partition < kit.partitions; partition++) {
            processed += kit.processed(partition).offset();
        }
        return processed;
    }

    private Process launch(String application) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SegmentsApplication.class.getName()));
        command.addAll(List.of(arguments(application)));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] arguments(String application) {
        return List.of(
                        "server.port=0",
                        "spanlake.kafka.bootstrap-servers=" + kit.broker().bootstrapServers(),
                        "spanlake.kafka.topics.writes=" + kit.topic,
                        "spanlake.kafka.topics.wal-events=" + kit.events,
                        "spanlake.kafka.partitions=4",
                        "spanlake.kafka.single-broker=true",
                        "spanlake.postgres.host=" + kit.database.host(),
                        "spanlake.postgres.port=" + kit.database.port(),
                        "spanlake.postgres.database=" + kit.database.name(),
                        "spanlake.postgres.user=" + kit.database.user(),
                        "spanlake.postgres.password=" + kit.database.password(),
                        "spanlake.blob.folder=" + kit.folder,
                        "spanlake.segments.application=" + application + kit.topic,
                        "spanlake.segments.cut-after=300ms",
                        "spanlake.segments.look-every=50ms",
                        "spanlake.segments.session-timeout=6s")
                .stream()
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }
}
