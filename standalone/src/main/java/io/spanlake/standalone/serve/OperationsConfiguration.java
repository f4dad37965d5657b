package io.spanlake.standalone.serve;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.overview.Overview;
import io.spanlake.catalog.parts.Inventory;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.PostgresLoggedSections;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.rebuild.PostgresCatalogRebuild;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.compactor.CompactNow;
import io.spanlake.compactor.sweep.SetBack;
import io.spanlake.query.audit.Auditor;
import io.spanlake.query.verify.CatalogVerifier;
import io.spanlake.rebuild.DirectoryRebuild;
import io.spanlake.segments.CutNow;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.standalone.data.FreeSpace;
import io.spanlake.storage.verify.ObjectVerifier;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What {@code status}, {@code repair} and {@code verify} ask of the running instance. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
    private static final int VERIFY_QUEUE = 1_000;

    @Bean
    CatalogGuard catalogGuard(
            CatalogDatabase database,
            BlobStore blobStore,
            Sweeps sweeps,
            DirectoryCopies copies,
            Scheduler verifyDecode,
            @Value("${" + StandaloneSettings.DATA + "}") String data) {
        return new CatalogGuard(
                new PostgresCatalogRebuild(database),
                new SetBack(sweeps, blobStore),
                new DirectoryRebuild(blobStore, copies, verifyDecode),
                blobStore,
                data);
    }

    @Bean
    DiskReserve diskReserve(
            @Value("${" + StandaloneSettings.DATA + "}") Path data,
            @Value("${" + StandaloneSettings.DISK_RESERVE + "}") DataSize reserve,
            MeterRegistry registry) {
        FreeSpace space = () -> freeOf(Files.getFileStore(data));
        return new DiskReserve(space, reserve.toBytes(), Schedulers.boundedElastic(), registry);
    }

    /** Some file systems of a network say nothing of their size: that is no full disk. */
    private static long freeOf(FileStore store) throws IOException {
        return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
    }

    @Bean
    LogEdges logEdges(KafkaSettings kafka) {
        return new LogEdges(() -> Admin.create(kafka.admin()), kafka.writes());
    }

    /** Decodes, and waits for the blobs that it decodes. */
    @Bean(destroyMethod = "dispose")
    Scheduler verifyDecode() {
        return Schedulers.newBoundedElastic(2, VERIFY_QUEUE, "verify-decode");
    }

    /** One verification at a time. */
    @Bean(destroyMethod = "dispose")
    Scheduler verifyWalk() {
        return Schedulers.newBoundedElastic(1, VERIFY_QUEUE, "verify-walk");
    }

    @Bean
    Verification verification(
            Inventory inventory,
            ObjectSnapshots snapshots,
            BlobStore blobStore,
            Scheduler verifyDecode,
            Scheduler verifyWalk,
            @Value("${" + StandaloneSettings.SCRATCH + "}") Path scratch) {
        var objects = new ObjectVerifier(blobStore, verifyDecode, verifyWalk);
        return new Verification(new CatalogVerifier(inventory, snapshots, objects, blobStore), scratch);
    }

    @Bean
    Audit audit(
            CatalogDatabase database,
            ObjectSnapshots snapshots,
            Directory directory,
            Retentions retentions,
            Erasures erasures,
            BlobStore blobStore,
            InstantSource clock,
            RandomGenerator chance,
            Scheduler verifyDecode,
            Scheduler auditWalk,
            @Value("${" + StandaloneSettings.AUDIT_EVERY + "}") Duration every,
            MeterRegistry registry) {
        var sections = new PostgresLoggedSections(database);
        var auditor = new Auditor(
                sections,
                snapshots,
                directory,
                retentions,
                erasures,
                blobStore,
                clock,
                chance,
                verifyDecode,
                auditWalk);
        return new Audit(auditor, every, registry);
    }

    /** Its own: a verification may take hours. */
    @Bean(destroyMethod = "dispose")
    Scheduler auditWalk() {
        return Schedulers.newBoundedElastic(1, VERIFY_QUEUE, "audit-walk");
    }

    @Bean
    Compaction compaction(
            WalSnapshots snapshots, LogEdges edges, ObjectProvider<CutNow> cut, ObjectProvider<CompactNow> index) {
        var stages = Optional.ofNullable(cut.getIfAvailable())
                .flatMap(cuts -> Optional.ofNullable(index.getIfAvailable())
                        .map(indexes -> new Compaction.Stages(cuts, indexes)));
        return new Compaction(snapshots, edges, stages);
    }

    @Bean
    RouterFunction<ServerResponse> operationsRoutes(
            WalSnapshots snapshots,
            WalCommits commits,
            ProcessedCommits processed,
            UnreadableBlobs unreadable,
            LogEdges edges,
            Verification verification,
            Audit audit,
            Compaction compaction,
            Overview overview,
            InstantSource clock,
            @Value("${" + StandaloneSettings.OPERATOR + "}") String operator) {
        var stages = new Stages(snapshots, processed, edges);
        var repairs = new Repairs(snapshots, commits, edges);
        return new OperationsRoutes(
                        stages, repairs, unreadable, verification, audit, compaction, overview, clock, operator)
                .routes();
    }
}
