package io.spanlake.uiquery;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.query.browse.Browse;
import io.spanlake.query.browse.BrowseLimits;
import io.spanlake.query.browse.LiveRows;
import io.spanlake.query.browse.LiveSettings;
import io.spanlake.query.function.PriceTable;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.VectorSettings;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.read.StrictSettings;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.TailViews;
import io.spanlake.service.auth.ObjectAccess;
import io.spanlake.service.config.BlobConfiguration;
import io.spanlake.service.config.KafkaConfiguration;
import io.spanlake.service.config.KafkaSettings;
import io.spanlake.service.config.ServiceConfiguration;
import io.spanlake.service.config.TopicContract;
import io.spanlake.service.health.Heartbeats;
import io.spanlake.service.log.KafkaLogEnds;
import io.spanlake.uiquery.answer.Answers;
import io.spanlake.uiquery.browse.BrowseHttp;
import io.spanlake.uiquery.follow.UiConsumers;
import io.spanlake.uiquery.follow.ViewWarmer;
import io.spanlake.uiquery.follow.WalEventFollower;
import io.spanlake.uiquery.request.ObjectRequests;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the UI's reads: alone, or beside other services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UiQueryProperties.class)
@Import({ServiceConfiguration.class, BlobConfiguration.class, KafkaConfiguration.class})
public class UiQueryConfiguration {
    /** So many rows are read in a few tens of milliseconds. */
    private static final int FEW_ROWS = 2_000;

    /** Heap for columns of parts. */
    private static final long VECTOR_BYTES = 16L << 20;

    /** A question that takes so many times what it may look at rows is given up. */
    private static final int QUESTION_TIMES = 5;

    @Bean
    UiQuerySchedulers uiQuerySchedulers() {
        return UiQuerySchedulers.start(Runtime.getRuntime().availableProcessors());
    }

    @Bean
    UiBlobs uiBlobs(
            BlobStore blobs, UiQueryProperties properties, UiQuerySchedulers schedulers, MeterRegistry registry) {
        var read = properties.cache().before(blobs.on(schedulers.disk()), schedulers.disk(), "ui-query", registry);
        return UiBlobs.of(read, properties, schedulers, registry);
    }

    @Bean
    TailViews uiTailViews(
            ObjectSnapshots snapshots,
            UiBlobs uiBlobs,
            UiQueryProperties properties,
            UiQuerySchedulers schedulers,
            InstantSource clock,
            MeterRegistry registry) {
        return new TailViews(
                snapshots,
                uiBlobs.states(),
                uiBlobs.parts(),
                uiBlobs.partReads(),
                schedulers.decode(),
                properties.viewBytes().toBytes(),
                clock,
                registry,
                "ui-query");
    }

    @Bean
    KafkaLogEnds uiLogEnds(KafkaSettings kafka, TopicContract contract, UiQueryProperties properties) {
        return KafkaLogEnds.ofWrites(kafka, "ui-log-ends", contract.partitions(), properties.strictWait());
    }

    /** @param contract checked before anything is followed */
    @Bean
    WalEventFollower uiWalEventFollower(KafkaSettings kafka, TopicContract contract, Heartbeats heartbeats) {
        return new WalEventFollower(
                () -> UiConsumers.following(kafka), kafka.walEvents(), heartbeats.begin("ui-wal-events")::beat);
    }

    @Bean
    ViewWarmer uiViewWarmer(
            WalEventFollower uiWalEventFollower,
            TailViews uiTailViews,
            TopicContract contract,
            UiQueryProperties properties,
            InstantSource clock,
            MeterRegistry registry) {
        return new ViewWarmer(
                uiWalEventFollower.events(), uiTailViews, contract.partitions(), properties.warmFor(), clock, registry);
    }

    @Bean
    StrictReads uiStrictReads(
            KafkaLogEnds uiLogEnds,
            WalSnapshots snapshots,
            WalEventFollower uiWalEventFollower,
            UiQueryProperties properties,
            UiQuerySchedulers schedulers,
            MeterRegistry registry) {
        return new StrictReads(
                uiLogEnds::endOffsets,
                snapshots,
                uiWalEventFollower.events(),
                new StrictSettings(properties.strictWait(), properties.strictPoll()),
                schedulers.timer(),
                registry);
    }

    @Bean
    ObjectReads uiObjectReads(
            TailViews uiTailViews,
            UiBlobs uiBlobs,
            StrictReads uiStrictReads,
            UiQueryProperties properties,
            UiQuerySchedulers schedulers,
            InstantSource clock,
            MeterRegistry registry) {
        return new ObjectReads(
                uiTailViews,
                uiBlobs.states(),
                uiBlobs.partReads(),
                uiBlobs.traceCounts(),
                uiStrictReads,
                schedulers.fold(),
                properties.answerBytes().toBytes(),
                clock,
                registry);
    }

    @Bean
    Browse uiBrowse(
            TailViews uiTailViews,
            UiBlobs uiBlobs,
            StrictReads uiStrictReads,
            UiQueryProperties properties,
            UiQuerySchedulers schedulers,
            InstantSource clock,
            MeterRegistry registry) {
        var vectors = new PartVectors(VectorSettings.of(VECTOR_BYTES), schedulers.search(), registry);
        var scans = new ObjectScans(
                uiTailViews,
                uiStrictReads,
                uiBlobs.states(),
                uiBlobs.partReads(),
                vectors,
                schedulers.search(),
                schedulers.fold());
        var questions = properties.questions();
        var limits = new BrowseLimits(
                FEW_ROWS,
                questions.rows(),
                questions.time(),
                questions.bytes().toBytes(),
                questions.memory().toBytes());
        return new Browse(scans, schedulers.questions(), limits, PriceTable.defaults(), clock);
    }

    @Bean
    LiveRows uiLiveRows(
            ObjectReads uiObjectReads,
            Browse uiBrowse,
            WalEventFollower uiWalEventFollower,
            UiQuerySchedulers schedulers,
            InstantSource clock) {
        return new LiveRows(
                uiObjectReads,
                uiBrowse,
                uiWalEventFollower.events(),
                LiveSettings.DEFAULT,
                clock,
                schedulers.questions(),
                schedulers.timer());
    }

    @Bean
    RouterFunction<ServerResponse> uiReadRoutes(
            ObjectAccess access,
            ObjectReads uiObjectReads,
            Browse uiBrowse,
            LiveRows uiLiveRows,
            UiQueryProperties properties,
            MeterRegistry registry) {
        var requests = new ObjectRequests(access);
        var questions = properties.questions();
        var live = properties.live();
        return new ReadRoutes(
                        requests,
                        uiObjectReads,
                        new Answers(),
                        properties.pageBytes().toBytes())
                .routes()
                .and(BrowseHttp.questions(
                        requests,
                        uiBrowse,
                        uiObjectReads,
                        questions.running(),
                        questions.time().multipliedBy(QUESTION_TIMES).plus(properties.strictWait()),
                        registry))
                .and(BrowseHttp.live(requests, uiLiveRows, live.streams(), live.lasting(), registry));
    }
}
