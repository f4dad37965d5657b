package io.spanlake.wal;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.KafkaConfiguration;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.config.TopicContract;
import io.spanlake.service.halt.Halts;
import io.spanlake.service.health.Heartbeats;
import io.spanlake.wal.announce.KafkaWalEvents;
import io.spanlake.wal.announce.WalEvents;
import io.spanlake.wal.collect.FlushCollector;
import io.spanlake.wal.commit.FlushCommits;
import io.spanlake.wal.receive.KafkaLog;
import io.spanlake.wal.receive.Log;
import io.spanlake.wal.receive.TopicIdentity;
import io.spanlake.wal.store.FlushStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the streamer; it runs alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WalProperties.class)
@Import({ServiceConfiguration.class, KafkaConfiguration.class, BlobConfiguration.class})
public class WalConfiguration {
    @Bean(destroyMethod = "dispose")
    WalSchedulers walSchedulers() {
        return WalSchedulers.create(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    WalMetrics walMetrics(MeterRegistry registry) {
        return new WalMetrics(registry);
    }

    @Bean
    KafkaWalEvents walEvents(KafkaSettings kafka, WalSchedulers schedulers, WalMetrics metrics) {
        return new KafkaWalEvents(kafka.producer(), kafka.walEvents(), schedulers.announce(), metrics);
    }

    @Bean
    FlushCommits flushCommits(
            WalCommits catalog,
            WalProperties properties,
            WalSchedulers schedulers,
            InstantSource clock,
            RandomGenerator chance,
            WalMetrics metrics) {
        return new FlushCommits(catalog, properties, schedulers.timer(), clock, new Random(chance.nextLong()), metrics);
    }

    @Bean
    FlushStore flushStore(
            BlobStore blobs,
            UnreadableBlobs unreadable,
            WalProperties properties,
            WalSchedulers schedulers,
            InstantSource clock,
            RandomGenerator chance,
            WalMetrics metrics) {
        // Names are drawn on event loops too, where a secure source could block; they have to be fresh, not secret.
        return new FlushStore(blobs, unreadable, properties, schedulers, clock, new Random(chance.nextLong()), metrics);
    }

    @Bean
    FlushCollector flushCollector(
            WalProperties properties, InstantSource clock, WalSchedulers schedulers, WalMetrics metrics) {
        return new FlushCollector(properties, clock, schedulers.collect(), metrics);
    }

    /** Each run reads through a consumer of its own. */
    @Bean
    LogOpener walLogs(
            KafkaSettings kafka,
            Admin kafkaAdmin,
            WalProperties properties,
            WalCommits commits,
            WalSnapshots snapshots,
            InstantSource clock,
            WalMetrics metrics,
            Heartbeats heartbeats) {
        var heartbeat = heartbeats.begin("wal-kafka");
        return new LogOpener(() -> new KafkaLog(
                kafka.consumer(),
                kafka.writes(),
                owner(),
                TopicIdentity.of(kafkaAdmin, kafka.writes()),
                properties,
                commits,
                snapshots,
                clock,
                metrics,
                heartbeat::beat));
    }

    @Bean
    WalStreamer walStreamer(
            LogOpener logs,
            FlushCollector collector,
            FlushStore store,
            FlushCommits commits,
            WalEvents events,
            Halts halts) {
        Failpoints failpoints = halts.areAsked() ? step -> halts.passed("wal." + step) : Failpoints.NONE;
        return new WalStreamer(logs.open(), collector, store, commits, events, failpoints);
    }

    /** @param contract checked before anything is read */
    @Bean
    WalLifecycle walLifecycle(
            WalStreamer streamer, WalSchedulers schedulers, WalMetrics metrics, TopicContract contract) {
        return new WalLifecycle(new WalRunner(streamer, schedulers, metrics));
    }

    private static String owner() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "pid " + ProcessHandle.current().pid();
        }
    }

    record LogOpener(Supplier<Log> open) {}
}
