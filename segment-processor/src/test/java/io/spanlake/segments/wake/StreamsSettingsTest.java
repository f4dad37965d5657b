package io.spanlake.segments.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.segments.SegmentsProperties;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** An idle processor is to cost next to nothing. */
class StreamsSettingsTest {
    private final StreamsConfig settings = new StreamsConfig(StreamsSettings.of(
            Map.of("bootstrap.servers", "broker:9092", "security.protocol", "SASL_SSL"),
            new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("spanlake.segments", SegmentsProperties.class)));

    @Test
    void oneThreadThatSleepsWhileNothingComes() {
        assertThat(settings.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(1);
        assertThat(settings.getLong(StreamsConfig.POLL_MS_CONFIG)).isEqualTo(1_000);
        assertThat(settings.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(60_000);
        assertThat(settings.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("fetch.max.wait.ms", 1_000)
                .containsEntry("session.timeout.ms", 10_000)
                .containsEntry("heartbeat.interval.ms", 3_333);
    }

    /** Kafka waits as long as members may take between two polls; its default of five minutes would be no cut for so long. */
    @Test
    void aProcessorThatDiesWhileItJoinsDelaysTheOthersBySeconds() {
        assertThat(settings.getMainConsumerConfigs("group", "client", 0)).containsEntry("max.poll.interval.ms", 20_000);
    }

    @Test
    void whatEveryClientNeedsIsPassedOn() {
        assertThat(settings.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(settings.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("spanlake-segment-processor");
    }
}
