package io.spanlake.blobstore;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.model.ByteSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A store whose reads go through blocks on local disk. Blobs never change, so a block is right for as long as its blob
 * is there; the least recently used give way. The disk is never needed: where it fails, reads go to the store.
 *
 * <p>Starts empty: what an earlier process left in the folder is deleted.
 */
public final class BlockCache extends ForwardingBlobStore {
    private static final Logger log = LoggerFactory.getLogger(BlockCache.class);
    private static final int BLOCKS_IN_FLIGHT = 4;

    private final BlockCacheSettings settings;
    private final Scheduler disk;
    private final BlockFiles files;
    private final BlockIndex index;
    private final BlockCacheMeters meters;

    /** Blocks on their way; whoever wants one of them waits for the same read. */
    private final ConcurrentMap<BlockKey, Mono<ByteSlice>> flights = new ConcurrentHashMap<>();

    private BlockCache(
            BlobStore store,
            BlockCacheSettings settings,
            Scheduler disk,
            BlockFiles files,
            String service,
            MeterRegistry registry) {
        super(store);
        this.settings = settings;
        this.disk = disk;
        this.files = files;
        this.index = new BlockIndex(settings.bytesMax());
        this.meters = new BlockCacheMeters(service, registry, index);
    }

    /**
     * Empties the folder. Blocks.
     *
     * @param disk    bounded; reads and writes of block files run there
     * @param service whose cache it is, for the meters: several of a process have one each
     */
    public static BlockCache open(
            BlobStore store, BlockCacheSettings settings, Scheduler disk, String service, MeterRegistry registry) {
        try {
            return new BlockCache(store, settings, disk, BlockFiles.openEmpty(settings.folder()), service, registry);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the block cache folder %s cannot be opened: %s".formatted(settings.folder(), e), e);
        }
    }

    @Override
    public Mono<ByteSlice> read(BlobName name, long offset, int length) {
        return readUpTo(name, offset, length).map(found -> BlobRanges.whole(name, offset, length, found));
    }

    @Override
    public Mono<ByteSlice> readUpTo(BlobName name, long offset, int bytesMax) {
        int blockBytes = settings.blockBytes();
        long first = offset / blockBytes;
        long last = (offset + Math.max(bytesMax, 1) - 1) / blockBytes;
        if (first == last) {
            return block(new BlockKey(name, first)).map(block -> cut(block, first * blockBytes, offset, bytesMax));
        }
        return Flux.range(0, Math.toIntExact(last - first + 1))
                .flatMapSequential(i -> block(new BlockKey(name, first + i)), BLOCKS_IN_FLIGHT)
                .index((i, block) -> cut(block, (first + i) * blockBytes, offset, bytesMax))
                .collectList()
                .map(BlockCache::joined);
    }

    /** What the block, which begins at {@code blockOffset}, has of the range. */
    private static ByteSlice cut(ByteSlice block, long blockOffset, long offset, int bytesMax) {
        int from = Math.clamp(offset - blockOffset, 0, block.length());
        int to = Math.clamp(offset + bytesMax - blockOffset, 0, block.length());
        return block.slice(from, to - from);
    }

    private static ByteSlice joined(List<ByteSlice> pieces) {
        var bytes = new byte[pieces.stream().mapToInt(ByteSlice::length).sum()];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece.array(), piece.offset(), bytes, at, piece.length());
            at += piece.length();
        }
        return ByteSlice.of(bytes);
    }

    private Mono<ByteSlice> block(BlockKey key) {
        return Mono.defer(() -> flights.computeIfAbsent(key, this::flight));
    }

    /** Ends before its readers hear of it: the next reader must not get what was deleted in between. */
    private Mono<ByteSlice> flight(BlockKey key) {
        return load(key).doOnTerminate(() -> flights.remove(key)).cache();
    }

    private Mono<ByteSlice> load(BlockKey key) {
        return fromDisk(key).switchIfEmpty(Mono.defer(() -> fromStore(key)));
    }

    private Mono<ByteSlice> fromDisk(BlockKey key) {
        var sound = Mono.defer(() -> Mono.justOrEmpty(index.find(key)))
                .flatMap(block -> onDisk(() -> sound(key, block)).flatMap(Mono::justOrEmpty));
        return BlobReads.told(key.blob(), BlobReadWatch.Origin.BLOCK_CACHE, sound)
                .doOnNext(_ -> meters.hits.increment())
                .doOnError(this::countFault)
                .onErrorComplete();
    }

    /** Empty where the block is damaged; then it is gone from the cache, as one that cannot be read. */
    private Optional<ByteSlice> sound(BlockKey key, BlockIndex.StoredBlock block) throws IOException {
        var found = Optional.<ByteSlice>empty();
        try {
            found = files.read(key, block);
            if (found.isEmpty()) {
                meters.corrupt.increment();
            }
            return found;
        } finally {
            if (found.isEmpty()) {
                index.removeIf(key, block);
                files.delete(List.of(block));
            }
        }
    }

    private Mono<ByteSlice> fromStore(BlockKey key) {
        meters.misses.increment();
        return store.readUpTo(key.blob(), key.index() * settings.blockBytes(), settings.blockBytes())
                .flatMap(bytes -> keep(key, bytes).thenReturn(bytes));
    }

    private Mono<Void> keep(BlockKey key, ByteSlice bytes) {
        return onDisk(() -> {
                    try {
                        giveWay(index.add(key, files.write(key, bytes)));
                    } catch (IOException fault) {
                        if (DiskFaults.isFull(fault)) {
                            // Others have filled the disk: what is read now is worth more than what was read before.
                            giveWay(index.removeOldest(bytes.length()));
                        }
                        throw fault;
                    }
                    return true;
                })
                .doOnError(this::countFault)
                .onErrorComplete()
                .then();
    }

    private void giveWay(List<BlockIndex.StoredBlock> removed) throws IOException {
        meters.evicted.increment(removed.size());
        files.delete(removed);
    }

    private <T> Mono<T> onDisk(java.util.concurrent.Callable<T> work) {
        Duration patience = settings.diskPatience();
        return Mono.fromCallable(work).subscribeOn(disk).timeout(patience);
    }

    private void countFault(Throwable fault) {
        meters.diskFaults.increment();
        log.debug("block cache passed by: {}", fault.toString());
    }

    /** Blocks go with their blobs, so that what is deleted is not read from here. */
    @Override
    public Mono<Void> delete(Collection<BlobName> names) {
        return store.delete(names).then(Mono.defer(() -> forget(names)));
    }

    private Mono<Void> forget(Collection<BlobName> names) {
        return onDisk(() -> {
                    for (var name : names) {
                        files.delete(index.removeAll(name));
                    }
                    return true;
                })
                .doOnError(this::countFault)
                .onErrorComplete()
                .then();
    }
}
