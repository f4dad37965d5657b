package io.spanlake.standalone.serve;

import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.directory.DirectoryCopies;
import io.spanlake.catalog.rebuild.KafkaLog;
import io.spanlake.catalog.rebuild.PostgresCatalogRebuild;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.rebuild.DirectoryRebuild;
import io.spanlake.rebuild.DirectoryRebuild.RebuiltDirectory;
import io.spanlake.rebuild.Rebuild;
import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import io.spanlake.standalone.embed.EmbeddedPostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes the catalog of a data folder again from its blobs, while no instance runs on it: {@code take the folder → broker and
 * database → tables → catalog → names and keys}.
 */
public final class LostCatalog {
    /** What was stored so shortly before the end may lack what died with its writer; Kafka has it still. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private static final int DECODE_QUEUE = 10_000;

    private final DataFolder data;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param progress told how far it is, in words */
    public LostCatalog(
            DataFolder data, Map<String, String> environment, InstantSource clock, Consumer<String> progress) {
        this.data = data;
        this.clock = clock;
        this.environment = environment;
        this.progress = progress;
    }

    /** What was made. */
    public record Rebuilt(RebuiltCatalog catalog, RebuiltDirectory directory) {}

    /**
     * Blocks.
     *
     * @param discard whether a database that is not empty, or does not start, is put aside
     * @throws StartFailure with the reason for a person
     */
    public Rebuilt rebuild(boolean discard) {
        var lock = data.take();
        try {
            InstanceFile.delete(data);
            data.emptyScratch();
            if (discard) {
                setAside();
            }
            progress.accept("starting broker and database");
            try (var launch = Launch.forRebuild(data, environment)) {
                return rebuild(launch.run(RebuildConfiguration.class));
            } catch (RuntimeException fault) {
                throw StartReason.of(fault, data);
            }
        } finally {
            Standalone.release(lock, data);
        }
    }

    private void setAside() {
        try {
            EmbeddedPostgresServer.setAside(data, clock.instant())
                    .ifPresent(aside -> progress.accept("the old database is kept as " + aside));
        } catch (IOException e) {
            throw new StartFailure("the database of %s cannot be put aside: %s".formatted(data.root(), e), e);
        }
    }

    private Rebuilt rebuild(ConfigurableApplicationContext context) {
        var decode = Schedulers.newBoundedElastic(2, DECODE_QUEUE, "rebuild-decode");
        try (context) {
            var engine = new PostgresCatalogRebuild(context.getBean(CatalogDatabase.class));
            if (!Objects.requireNonNull(engine.isEmpty().block())) {
                throw new StartFailure(
                        "the catalog of %s is not lost: its database has content.%nWhere it is wrong all the same, ./spanlake rebuild --discard puts it aside and makes it again."
                                .formatted(data.root()));
            }
            var store = context.getBean(BlobStore.class);
            var catalog = Objects.requireNonNull(new Rebuild(store, engine, decode, clock, progress)
                    .run(kafka(context), MARGIN)
                    .block());
            return new Rebuilt(catalog, names(context, decode, catalog));
        } finally {
            decode.dispose();
        }
    }

    private Map<Integer, KafkaLog> kafka(ConfigurableApplicationContext context) {
        try {
            return context.getBean(LogEdges.class).all().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            edges -> new KafkaLog(
                                    edges.getValue().first(), edges.getValue().next())));
        } catch (ExecutionException e) {
            throw new StartFailure("Kafka does not say what it has: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    /** The first key opens the organization again, unless the directory has the organization and so says which keys do. */
    private RebuiltDirectory names(ConfigurableApplicationContext context, Scheduler decode, RebuiltCatalog catalog) {
        var credentials = Credentials.find(data);
        var name = credentials.map(Credentials::organization).orElse("local");
        var directory = Objects.requireNonNull(
                new DirectoryRebuild(context.getBean(BlobStore.class), context.getBean(DirectoryCopies.class), decode)
                        .run(catalog, name)
                        .block());
        if (directory.restored() == 0) {
            credentials.ifPresent(known -> FirstStart.registerAnew(data, known, context.getBean(Directory.class)));
        }
        return directory;
    }
}
