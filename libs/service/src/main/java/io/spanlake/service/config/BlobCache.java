package io.spanlake.service.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.blobstore.BlockCache;
import io.spanlake.blobstore.BlockCacheSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Scheduler;

/**
 * Blocks of blobs on local disk, of one service that reads; {@code cache} among its settings. On only where a folder was
 * named: a store that is a folder itself gains nothing.
 *
 * @param folder of this service alone; emptied at start
 * @param bytes  most bytes of all blocks
 */
public record BlobCache(
        @Nullable Path folder, @DefaultValue("4GB") DataSize bytes) {
    /**
     * The store, read through this cache where it is on.
     *
     * @param disk    bounded; reads and writes of block files run there
     * @param service for the meters
     */
    public BlobStore before(BlobStore store, Scheduler disk, String service, MeterRegistry registry) {
        return folder == null
                ? store
                : BlockCache.open(store, BlockCacheSettings.of(folder, bytes.toBytes()), disk, service, registry);
    }
}
