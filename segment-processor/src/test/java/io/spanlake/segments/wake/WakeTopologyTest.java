package io.spanlake.segments.wake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What events do to a task, without a broker. */
class WakeTopologyTest {
    private static final byte[] KEY = {'0'};

    private final Ownership ownership = new Ownership();
    private TopologyTestDriver driver;
    private boolean closed;
    private TestInputTopic<byte[], byte[]> events;

    @BeforeEach
    void open() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        driver = new TopologyTestDriver(WakeTopology.of("wal-events", ownership), settings);
        events = driver.createInputTopic("wal-events", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        if (!closed) {
            driver.close();
        }
    }

    @Test
    void aTaskIsAPartitionThatIsOurs() {
        assertThat(ownership.tasks()).extracting(Task::partition).containsExactly(0);
    }

    @Test
    void aNewTaskIsAwakeForThereMayBeWritesFromBefore() {
        assertThat(ownership.tasks().getFirst().takeWoken()).isTrue();
    }

    @Test
    void anEventWakesOnceHoweverOftenItComes() {
        var task = ownership.tasks().getFirst();
        task.takeWoken();

        events.pipeInput(KEY, "{\"partition\":0}".getBytes(UTF_8));
        events.pipeInput(KEY, "{\"partition\":0}".getBytes(UTF_8));

        assertThat(task.takeWoken()).isTrue();
        assertThat(task.takeWoken()).isFalse();
    }

    @Test
    void whatAnEventSaysIsNotEvenLookedAt() {
        var task = ownership.tasks().getFirst();
        task.takeWoken();

        events.pipeInput(KEY, new byte[] {0, 1, 2});

        assertThat(task.takeWoken()).isTrue();
    }

    @Test
    void aTaskThatEndsIsOursNoMore() {
        var task = ownership.tasks().getFirst();

        driver.close();
        closed = true;

        assertThat(task.ended()).isTrue();
        assertThat(ownership.tasks()).isEmpty();
    }

    @Test
    void aTaskThatBeginsBeforeItsForerunnerEndedIsNotEndedByIt() {
        var before = ownership.begin(3);
        var after = ownership.begin(3);

        ownership.end(before);

        assertThat(before.ended()).isTrue();
        assertThat(ownership.tasks()).contains(after);
    }
}
