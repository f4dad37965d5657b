package io.spanlake.query.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.SectionRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedLoads;
import io.spanlake.storage.wal.BlockRef;
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalFooter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The writes of sections of the log: all that an object has in one, or a single one by its place. Keeps footers and decoded blocks
 * that were asked for lately, see {@link SharedLoads}.
 *
 * <p>A blob that is gone or damaged, or another organization's, is a {@link ReadRefusal.BlobUnreadable} that names it.
 */
final class LogBlocks {
    private static final int WRITE_REF_BYTES = 96;
    private static final int WRITE_BYTES = 240;

    private final WalBlobs blobs;
    private final SharedLoads<String, WalFooter> footers;
    private final SharedLoads<BlockId, List<Write>> blocks;

    /**
     * @param decode     bounded, for CPU work
     * @param cacheBytes heap for decoded blocks; a quarter of it more for footers
     */
    LogBlocks(BlobStore store, Scheduler decode, long cacheBytes, MeterRegistry registry) {
        this.blobs = new WalBlobs(store, decode);
        var hits = counter(registry, "hit");
        var misses = counter(registry, "miss");
        this.footers = new SharedLoads<>(cacheBytes / 4, (_, footer) -> weight(footer), hits, misses);
        this.blocks = new SharedLoads<>(cacheBytes, (id, writes) -> weight(id.block, writes), hits, misses);
    }

    /** All writes of the object in the section, block by block; not kept, for they may be many. */
    Flux<Write> writes(TailObject object, SectionRef section) {
        return blocks(object, section)
                .flatMapMany(refs -> blobs.writes(section.blobName(), refs))
                .onErrorMap(fault -> BlobRefusals.of(section.blobName(), fault));
    }

    /** Number of writes in each block of the object in the section. */
    Mono<int[]> blockSizes(TailObject object, SectionRef section) {
        return blocks(object, section)
                .map(refs -> refs.stream().mapToInt(ref -> ref.writes().size()).toArray())
                .onErrorMap(fault -> BlobRefusals.of(section.blobName(), fault));
    }

    /** @param stamp of the write that is meant */
    Mono<Write> write(TailObject object, SectionRef section, int block, int index, Stamp stamp) {
        return blocks(object, section)
                .flatMap(refs -> block(section, refs.get(block)))
                .map(writes -> checked(section, writes.get(index), stamp))
                .onErrorMap(fault -> BlobRefusals.of(section.blobName(), fault));
    }

    /** The writes at places of one block. */
    Mono<List<Write>> writes(TailObject object, SectionRef section, int block, List<StatePlace> places) {
        return blocks(object, section)
                .flatMap(refs -> block(section, refs.get(block)))
                .map(writes -> places.stream()
                        .map(place -> checked(section, writes.get(place.index()), place.stamp()))
                        .toList())
                .onErrorMap(fault -> BlobRefusals.of(section.blobName(), fault));
    }

    /** All writes of one block. */
    Mono<List<Write>> writes(TailObject object, SectionRef section, int block) {
        return blocks(object, section)
                .flatMap(refs -> block(section, refs.get(block)))
                .onErrorMap(fault -> BlobRefusals.of(section.blobName(), fault));
    }

    private Mono<List<BlockRef>> blocks(TailObject object, SectionRef section) {
        if (!section.blobName().startsWith(object.organization().blobPrefix())) {
            return Mono.error(unreadable(section, "it belongs to another organization"));
        }
        return footer(section).map(footer -> blocksOf(object, section, footer));
    }

    private static List<BlockRef> blocksOf(TailObject object, SectionRef section, WalFooter footer) {
        var blocks = footer.section(section.partition())
                .filter(found -> found.incarnation() == section.incarnation()
                        && found.first() == section.first()
                        && found.next() == section.next())
                .map(_ -> footer.blocksOf(object.ref(), section.partition()))
                .orElse(List.of());
        if (blocks.isEmpty() || !footer.organization().equals(object.organization())) {
            throw unreadable(section, "it does not hold what the catalog says of partition " + section.partition());
        }
        return blocks;
    }

    private Mono<WalFooter> footer(SectionRef section) {
        var name = section.blobName();
        return footers.get(name, () -> blobs.footer(name, section.blobBytes(), section.footerOffset()));
    }

    private Mono<List<Write>> block(SectionRef section, BlockRef ref) {
        var name = section.blobName();
        return blocks.get(
                new BlockId(name, ref), () -> blobs.writes(name, List.of(ref)).collectList());
    }

    private static Write checked(SectionRef section, Write write, Stamp stamp) {
        if (!write.stamp().equals(stamp)) {
            throw unreadable(section, "it holds another write than it did");
        }
        return write;
    }

    private static ReadRefusedException unreadable(SectionRef section, String reason) {
        return new ReadRefusedException(new ReadRefusal.BlobUnreadable(section.blobName(), reason));
    }

    private static int weight(WalFooter footer) {
        long writes = footer.sections().stream()
                .mapToLong(section -> section.writes())
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, 1024 + writes * WRITE_REF_BYTES);
    }

    private static int weight(BlockRef block, List<Write> writes) {
        return block.uncompressedBytes() + writes.size() * WRITE_BYTES;
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.blocks.asked")
                .description("Footers and decoded blocks asked for by reads, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Equal by its place alone: a block is as long as its many writes to compare. */
    private record BlockId(String blob, BlockRef block) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BlockId that && block.offset() == that.block.offset() && blob.equals(that.blob);
        }

        @Override
        public int hashCode() {
            return 31 * blob.hashCode() + Long.hashCode(block.offset());
        }
    }
}
