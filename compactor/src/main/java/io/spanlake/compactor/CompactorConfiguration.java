package io.spanlake.compactor;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.overview.Overview;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.compactor.job.Workbench;
import io.spanlake.compactor.publish.Publisher;
import io.spanlake.compactor.publish.ReceiptTimes;
import io.spanlake.compactor.read.OpenParts;
import io.spanlake.compactor.sweep.SweepStep;
import io.spanlake.compactor.sweep.Sweeper;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.halt.Halts;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartSettings;
import io.spanlake.storage.processed.ProcessedBlobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Wires the compactor; it runs alone or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompactorProperties.class)
@Import({ServiceConfiguration.class, BlobConfiguration.class})
public class CompactorConfiguration {
    private static final int DECODE_QUEUE = 256;

    /** @param scheduler inflates what jobs read; jobs themselves have threads of their own */
    record DecodeThreads(Scheduler scheduler) implements Disposable {
        @Override
        public void dispose() {
            scheduler.dispose();
        }
    }

    @Bean(destroyMethod = "dispose")
    DecodeThreads compactorDecode(CompactorProperties properties) {
        return new DecodeThreads(Schedulers.newBoundedElastic(
                properties.jobs() + properties.rewrites(), DECODE_QUEUE, "compact-decode"));
    }

    @Bean
    CompactorMetrics compactorMetrics(MeterRegistry registry) {
        return new CompactorMetrics(registry);
    }

    @Bean
    Workbench compactorWorkbench(
            BlobStore blobs,
            DecodeThreads decode,
            CompactorProperties properties,
            InstantSource clock,
            RandomGenerator chance,
            Halts halts)
            throws IOException {
        Failpoints failpoints = halts.areAsked() ? step -> halts.passed("compactor." + step) : Failpoints.NONE;
        return new Workbench(
                blobs,
                new ProcessedBlobs(blobs, decode.scheduler()),
                new OpenParts(new PartBlobs(blobs, decode.scheduler()), blobs),
                scratch(properties),
                properties.frameBytes().toBytes(),
                PartSettings.withIndexBytes(properties.indexBytes().toBytes()),
                properties.part().toBytes(),
                properties.tracePart().toBytes(),
                clock,
                new Random(chance.nextLong()),
                failpoints);
    }

    @Bean
    Publisher compactorPublisher(Swaps swaps, Workbench bench, CompactorProperties properties, RandomGenerator chance) {
        var times = new ReceiptTimes(properties.kafkaRetention(), properties.softDelete(), properties.sweepGrace());
        return new Publisher(swaps, bench.blobs(), times, bench.clock(), chance, bench.failpoints());
    }

    @Bean
    Compactor compactor(
            CompactionWork work,
            ObjectSnapshots snapshots,
            Directory directory,
            Retentions retentions,
            Erasures erasures,
            Sweeps sweeps,
            Workbench bench,
            Publisher publisher,
            CompactorProperties properties,
            CompactorMetrics metrics) {
        return new Compactor(
                work,
                snapshots,
                directory,
                retentions,
                erasures,
                sweeps,
                bench,
                publisher,
                properties,
                metrics,
                owner());
    }

    @Bean
    Sweeper sweeper(
            Sweeps sweeps,
            BlobStore blobs,
            CompactorProperties properties,
            InstantSource clock,
            CompactorMetrics metrics,
            Halts halts) {
        Consumer<SweepStep> failpoints = halts.areAsked() ? step -> halts.passed("sweeper." + step) : step -> {};
        return new Sweeper(sweeps, blobs, properties.sweepGrace(), properties.orphanAge(), clock, metrics, failpoints);
    }

    @Bean
    CatalogMeters catalogMeters(Overview overview, InstantSource clock, MeterRegistry registry) {
        return new CatalogMeters(overview, clock, registry);
    }

    @Bean
    CompactorThreads compactorThreads(
            Compactor compactor, Sweeper sweeper, CatalogMeters meters, CompactorProperties properties) {
        return new CompactorThreads(compactor, sweeper, meters, properties);
    }

    @Bean
    CompactorLifecycle compactorLifecycle(CompactorThreads threads) {
        return new CompactorLifecycle(threads);
    }

    @Bean
    CompactNow compactNow(
            CompactorThreads threads, CompactionWork work, CompactorProperties properties, InstantSource clock) {
        return new CompactNow(threads, work, properties, clock);
    }

    private static Path scratch(CompactorProperties properties) throws IOException {
        return properties.scratch().isEmpty()
                ? Files.createTempDirectory("spanlake-compactor")
                : Files.createDirectories(Path.of(properties.scratch()));
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
