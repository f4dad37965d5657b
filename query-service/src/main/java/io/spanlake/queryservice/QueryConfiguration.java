package io.spanlake.queryservice;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.query.execute.QueryEngine;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartStretches;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.VectorSettings;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.read.StrictSettings;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailViews;
import io.spanlake.queryservice.async.AsyncQueries;
import io.spanlake.queryservice.run.QueryQueue;
import io.spanlake.queryservice.run.QueryRuns;
import io.spanlake.queryservice.source.QueryObjects;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.KafkaConfiguration;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.config.TopicContract;
import io.spanlake.service.log.KafkaLogEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;

/** Wires the queries: alone, or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
@Import({ServiceConfiguration.class, BlobConfiguration.class, KafkaConfiguration.class})
public class QueryConfiguration {
    private static final int TAIL_LAYERS = 2;

    @Bean
    QuerySchedulers querySchedulers(QueryProperties properties) {
        return QuerySchedulers.start(Runtime.getRuntime().availableProcessors(), properties.running());
    }

    @Bean
    KafkaLogEnds queryLogEnds(KafkaSettings kafka, TopicContract contract, QueryProperties properties) {
        return KafkaLogEnds.ofWrites(kafka, "query-log-ends", contract.partitions(), properties.strictWait());
    }

    @Bean
    StrictReads queryStrictReads(
            KafkaLogEnds queryLogEnds,
            WalSnapshots snapshots,
            QueryProperties properties,
            QuerySchedulers schedulers,
            MeterRegistry registry) {
        return new StrictReads(
                queryLogEnds::endOffsets,
                snapshots,
                Flux.never(),
                new StrictSettings(properties.strictWait(), properties.strictPoll()),
                schedulers.timer(),
                registry);
    }

    @Bean
    ObjectScans queryObjectScans(
            BlobStore blobs,
            ObjectSnapshots snapshots,
            StrictReads queryStrictReads,
            QueryProperties properties,
            QuerySchedulers schedulers,
            InstantSource clock,
            MeterRegistry registry) {
        var store = properties.cache().before(blobs.on(schedulers.blobs()), schedulers.blobs(), "query", registry);
        long blockBytes = properties.blockBytes().toBytes();
        var stretches = new PartStretches(blockBytes, registry);
        var states = new TailBlobs(store, schedulers.decode(), blockBytes / TAIL_LAYERS, stretches, registry);
        var partReads = new PartReads(stretches, schedulers.search());
        var views = new TailViews(
                snapshots,
                states,
                new OpenParts(store, schedulers.decode()),
                partReads,
                schedulers.decode(),
                properties.viewBytes().toBytes(),
                clock,
                registry,
                "query");
        var vectors =
                new PartVectors(VectorSettings.of(properties.columnBytes().toBytes()), schedulers.search(), registry);
        return new ObjectScans(
                views, queryStrictReads, states, partReads, vectors, schedulers.search(), schedulers.fold());
    }

    @Bean
    QueryQueue queryQueue(QueryProperties properties, QuerySchedulers schedulers, MeterRegistry registry) {
        return new QueryQueue(properties.queueLimits(), schedulers.work(), schedulers.timer(), registry);
    }

    @Bean
    QueryRuns queryRuns(
            QueryQueue queryQueue,
            QueryFolder queryFolder,
            ObjectAccess access,
            Directory directory,
            ObjectScans queryObjectScans,
            QueryProperties properties,
            QuerySchedulers schedulers,
            InstantSource clock,
            MeterRegistry registry) {
        return new QueryRuns(
                queryQueue,
                new QueryEngine(schedulers.work(), spill(properties, queryFolder, schedulers, registry)),
                new QueryObjects(access, directory, queryObjectScans),
                prices(properties),
                properties.runLimits(),
                clock,
                registry);
    }

    @Bean
    RouterFunction<ServerResponse> queryRoutes(
            QueryRuns queryRuns,
            QueryFolder queryFolder,
            QueryProperties properties,
            QuerySchedulers schedulers,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry registry) {
        var limits = properties.asyncLimits(queryFolder.answers());
        var async = new AsyncQueries(queryRuns, limits, schedulers.disk(), clock, random, registry);
        return new QueryRoutes(queryRuns, async, properties, schedulers).routes();
    }

    @Bean
    QueryFolder queryFolder(QueryProperties properties) {
        return QueryFolder.open(properties.folder());
    }

    private static Optional<SpillSpace> spill(
            QueryProperties properties, QueryFolder folder, QuerySchedulers schedulers, MeterRegistry registry) {
        long bytes = properties.spillBytes().toBytes();
        return bytes == 0
                ? Optional.empty()
                : Optional.of(SpillSpace.open(folder.rows(), bytes, schedulers.disk(), registry));
    }

    private static PriceTable prices(QueryProperties properties) {
        var defaults = PriceTable.defaults();
        var file = properties.prices();
        if (file == null) {
            return defaults;
        }
        try {
            return defaults.with(PriceTable.parse(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("spanlake.query.prices (%s): %s".formatted(file, e.getMessage()), e);
        }
    }
}
