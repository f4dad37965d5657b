package io.spanlake.wal.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.wal.WalProperties;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class ConsumerSettingsTest {
    /** Kafka waits for a member that does not join again up to its poll interval: five minutes unless told otherwise. */
    @Test
    void aDeadStreamerHoldsARebalanceUpForSecondsOnly() {
        var properties = new Binder().bindOrCreate("spanlake.wal", WalProperties.class);

        var settings = ConsumerSettings.of(Map.of(), properties);

        assertThat(settings).containsEntry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 20_000);
    }
}
