package io.spanlake.service.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.AzureBlobSettings;
import io.spanlake.blobstore.AzureBlobSettings.Login;
import io.spanlake.blobstore.AzureBlobStore;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.FolderBlobStore;
import io.spanlake.service.health.Dependency;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The blob store that the settings name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
@Import(TimeAndChanceConfiguration.class)
public class BlobConfiguration {
    private static final int DISK_THREADS = 8;
    private static final int DISK_QUEUE = 1_000;
    private static final Duration DISK_DEADLINE = Duration.ofSeconds(30);

    /** Disk work of the folder store; threads are made when they are needed and end when idle. */
    @Bean(destroyMethod = "dispose")
    Scheduler blobDisk() {
        return Schedulers.newBoundedElastic(DISK_THREADS, DISK_QUEUE, "blob-disk");
    }

    /** @param registry absent where nobody looks at meters, as in a command */
    @Bean
    BlobStore blobStore(
            BlobSettings settings,
            Scheduler blobDisk,
            InstantSource clock,
            RandomGenerator chance,
            ObjectProvider<MeterRegistry> registry) {
        BlobStore store = switch (settings.kind()) {
            case FOLDER -> FolderBlobStore.open(folderOf(settings), blobDisk, DISK_DEADLINE);
            case AZURE -> AzureBlobStore.connect(azureOf(settings.azure()), clock, chance);
        };
        var meters = registry.getIfAvailable();
        return meters == null ? store : new CountedBlobStore(store, meters);
    }

    /** A question about a blob that nobody wrote: any answer shows that the store answers. */
    @Bean
    Dependency blobs(BlobStore blobStore) {
        var reach = blobStore
                .stat(new BlobName("probe/absent"))
                .then()
                .onErrorResume(BlobNotFoundException.class, answered -> Mono.empty());
        return new Dependency("blobs", reach);
    }

    private static Path folderOf(BlobSettings settings) {
        return Objects.requireNonNull(settings.folder(), "spanlake.blob.folder");
    }

    private static AzureBlobSettings azureOf(BlobSettings.Azure azure) {
        Login login = azure.connectionString()
                .<Login>map(Login.ConnectionString::new)
                .orElseGet(
                        () -> new Login.Identity(URI.create(azure.accountUrl().orElseThrow()), azure.clientId()));
        return AzureBlobSettings.of(azure.container(), login);
    }
}
