package io.spanlake.segments;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.segments.commit.CutCommits;
import io.spanlake.segments.fold.CutFolder;
import io.spanlake.segments.look.FooterRecall;
import io.spanlake.segments.look.Lookout;
import io.spanlake.segments.place.SegmentIds;
import io.spanlake.segments.read.CutReader;
import io.spanlake.segments.read.KafkaReplay;
import io.spanlake.segments.store.CutStore;
import io.spanlake.segments.wake.Ownership;
import io.spanlake.segments.wake.WakeStreams;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.KafkaConfiguration;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.config.TopicContract;
import io.spanlake.service.halt.Halts;
import io.spanlake.service.health.Heartbeats;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.wal.WalBlobs;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the segment processor; it runs alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SegmentsProperties.class)
@Import({ServiceConfiguration.class, KafkaConfiguration.class, BlobConfiguration.class})
public class SegmentsConfiguration {
    @Bean(destroyMethod = "dispose")
    SegmentsSchedulers segmentsSchedulers() {
        return SegmentsSchedulers.create(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    SegmentsMetrics segmentsMetrics(MeterRegistry registry) {
        return new SegmentsMetrics(registry);
    }

    @Bean
    Ownership segmentsOwnership() {
        return new Ownership();
    }

    /** @param contract checked before anything is read */
    @Bean
    WakeStreams wakeStreams(
            KafkaSettings kafka, SegmentsProperties properties, Ownership ownership, TopicContract contract) {
        return new WakeStreams(kafka.admin(), kafka.walEvents(), properties, ownership);
    }

    @Bean
    Lookout lookout(
            Ownership ownership,
            ProcessedCommits commits,
            WalSnapshots wal,
            SegmentMemory memory,
            BlobStore blobs,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            InstantSource clock,
            SegmentsMetrics metrics) {
        var recall = new FooterRecall(memory, new ProcessedBlobs(blobs, schedulers.work()), properties.knownTraces());
        return new Lookout(ownership, commits, wal, recall, owner(), properties, clock, metrics);
    }

    @Bean
    CutReader cutReader(
            BlobStore blobs,
            KafkaSettings kafka,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            InstantSource clock,
            SegmentsMetrics metrics) {
        var replay =
                new KafkaReplay(() -> new KafkaConsumer<>(kafka.consumer()), kafka.writes(), schedulers.log(), clock);
        return new CutReader(
                new WalBlobs(blobs, schedulers.work()),
                replay,
                properties.cutBytes().toBytes(),
                clock,
                metrics);
    }

    @Bean
    CutFolder cutFolder(
            SegmentsProperties properties, InstantSource clock, RandomGenerator chance, SegmentsMetrics metrics) {
        return new CutFolder(properties.limits(), clock, () -> SegmentIds.fresh(clock, chance), metrics);
    }

    @Bean
    CutStore cutStore(
            BlobStore blobs,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            InstantSource clock,
            RandomGenerator chance,
            SegmentsMetrics metrics) {
        // Names are drawn on event loops too, where a secure source could block; they have to be fresh, not secret.
        return new CutStore(blobs, properties, schedulers, clock, new Random(chance.nextLong()), metrics);
    }

    @Bean
    CutCommits cutCommits(ProcessedCommits catalog, InstantSource clock, SegmentsMetrics metrics) {
        return new CutCommits(catalog, clock, metrics);
    }

    @Bean
    SegmentProcessor segmentProcessor(
            Lookout lookout,
            CutReader reader,
            CutFolder folder,
            CutStore store,
            CutCommits commits,
            SegmentsProperties properties,
            SegmentsSchedulers schedulers,
            Heartbeats heartbeats,
            Halts halts) {
        var heartbeat = heartbeats.begin("segments");
        Failpoints failpoints = halts.areAsked() ? step -> halts.passed("segments." + step) : Failpoints.NONE;
        return new SegmentProcessor(
                lookout, reader, folder, store, commits, properties, schedulers, failpoints, heartbeat::beat);
    }

    @Bean
    CutNow cutNow(SegmentProcessor processor, ProcessedCommits commits, WalSnapshots wal) {
        return new CutNow(processor, commits, wal);
    }

    @Bean
    SegmentsLifecycle segmentsLifecycle(
            WakeStreams streams, SegmentProcessor processor, SegmentsSchedulers schedulers, SegmentsMetrics metrics) {
        return new SegmentsLifecycle(new SegmentsRunner(streams, processor, schedulers, metrics));
    }

    private static String owner() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "pid " + ProcessHandle.current().pid();
        }
    }
}
