package io.spanlake.rebuild;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.rebuild.BlobFacts;
import io.spanlake.catalog.rebuild.CatalogRebuild;
import io.spanlake.catalog.rebuild.KafkaLog;
import io.spanlake.catalog.rebuild.RebuildPlanner;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The whole way from blobs to tables: {@code list → read checkpoints → read footers of the log → plan → write}. Nothing else
 * may run on store and database meanwhile.
 */
public final class Rebuild {
    private static final String EVERYTHING = "orgs/";

    private final BlobStore store;
    private final CatalogRebuild catalog;
    private final CheckpointScan checkpoints;
    private final LogScan log;
    private final Scheduler decode;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * @param decode   bounded, for CPU work
     * @param progress told how far it is, in words
     */
    public Rebuild(
            BlobStore store, CatalogRebuild catalog, Scheduler decode, InstantSource clock, Consumer<String> progress) {
        this.store = store;
        this.catalog = catalog;
        this.progress = progress;
        this.checkpoints = new CheckpointScan(store, decode);
        this.log = new LogScan(store, decode);
        this.decode = decode;
        this.clock = clock;
    }

    /**
     * @param kafka     what Kafka has of each partition; empty where that is lost too
     * @param margin    see {@link BlobFacts}
     * @return what was written. An error where the tables are not empty
     */
    public Mono<RebuiltCatalog> run(Map<Integer, KafkaLog> kafka, Duration margin) {
        return catalog.isEmpty()
                .filter(empty -> empty)
                .switchIfEmpty(Mono.error(
                        () -> new IllegalStateException("the catalog is not empty: rebuild into a fresh database")))
                .then(store.list(EVERYTHING).collectList())
                .flatMap(blobs -> facts(blobs, kafka, margin))
                .flatMap(this::write);
    }

    /** @param problems of blobs that could not be read */
    private record Found(BlobFacts facts, List<String> problems) {}

    private Mono<Found> facts(List<BlobEntry> blobs, Map<Integer, KafkaLog> kafka, Duration margin) {
        var bytes = blobs.stream()
                .collect(Collectors.toUnmodifiableMap(blob -> blob.name().value(), BlobEntry::bytes));
        progress.accept("%,d blobs are in the store".formatted(blobs.size()));
        return Mono.zip(checkpoints.read(blobs, bytes), log.read(blobs), (stored, logged) -> {
            var problems = new ArrayList<>(stored.problems());
            problems.addAll(logged.problems());
            progress.accept("%,d checkpoints and %,d sections of the log are read"
                    .formatted(stored.found().size(), logged.found().size()));
            var facts = new BlobFacts(bytes, logged.found(), stored.found(), kafka, margin);
            return new Found(facts, problems);
        });
    }

    private Mono<RebuiltCatalog> write(Found found) {
        return Mono.fromCallable(() -> RebuildPlanner.plan(found.facts()).and(found.problems()))
                .subscribeOn(decode)
                .flatMap(planned ->
                        catalog.write(planned, clock.instant().getEpochSecond()).thenReturn(planned));
    }
}
