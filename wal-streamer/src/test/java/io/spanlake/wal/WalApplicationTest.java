package io.spanlake.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service as it is deployed: wired by Spring, and in a process that is killed. */
@Timeout(240)
class WalApplicationTest {
    private StreamerKit kit;
    private Path folder;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        kit = new StreamerKit(temporary, 4);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void makesWritesVisibleAndAnnouncesEachRange() {
        try (var service = new SpringApplicationBuilder(WalApplication.class).run(arguments())) {
            assertThat(service.isRunning()).isTrue();
            kit.acknowledge(100);
            kit.awaitIdle();
            assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());

            var announced = new HashSet<String>();
            try (var events = events()) {
                kit.await("each partition is announced", () -> {
                    events.poll(Duration.ofMillis(100)).forEach(event -> {
                        assertThat(event.value()).contains("\"partition\":" + event.key() + ",\"incarnation\":1,");
                        assertThat(event.partition()).hasToString(event.key());
                        announced.add(event.key());
                    });
                    return announced.size() == 4;
                });
            }
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenItsProcessIsKilledUnderLoad() throws InterruptedException {
        var random = new Random(20261124);
        for (int i = 0; i < 2; i++) {
            var process = launch();
            long before = committed();
            kit.await("it moves", Duration.ofSeconds(60), () -> {
                kit.acknowledge(40);
                return committed() > before;
            });
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(500));
            while (System.nanoTime() < until) {
                kit.acknowledge(40);
            }
            process.destroyForcibly().waitFor();
        }

        kit.start("last", StreamerKit.properties("another group"), Failpoints.NONE);
        kit.awaitIdle();

        assertThat(kit.visibleWrites()).containsExactlyInAnyOrderElementsOf(kit.acknowledged());
    }

    private long committed() {
        return kit.positions().values().stream()
                .mapToLong(position -> position.offset())
                .sum();
    }

    private Process launch() {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WalApplication.class.getName()));
        command.addAll(List.of(arguments()));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] arguments() {
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
                        "spanlake.blob.folder=" + folder,
                        "spanlake.wal.group=" + kit.topic,
                        "spanlake.wal.session-timeout=6s")
                .stream()
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
    }

    private KafkaConsumer<String, String> events() {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kit.broker().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer());
        var all = IntStream.range(0, kit.partitions)
                .mapToObj(partition -> new TopicPartition(kit.events, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }
}
