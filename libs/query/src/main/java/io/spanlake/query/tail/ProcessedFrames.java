package io.spanlake.query.tail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedLoads;
import io.spanlake.storage.processed.FrameRef;
import io.spanlake.storage.processed.PartedWords;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedFooter;
import io.spanlake.storage.processed.ProcessedFrame;
import io.spanlake.storage.processed.ProcessedSection;
import io.spanlake.storage.processed.TokenFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The states of processed sections: all of one, or a single one by its place. Keeps footers and decoded frames that were
 * asked for lately. Faults are as with {@link LogBlocks}.
 */
final class ProcessedFrames {
    private static final int ROW_REF_BYTES = 160;
    private static final int STATE_BYTES = 400;
    private static final int PARTED_BYTES = 200;

    private final ProcessedBlobs blobs;
    private final SharedLoads<String, ProcessedFooter> footers;
    private final SharedLoads<FrameId, List<RowState>> frames;
    private final SharedLoads<SectionId, List<TokenFilter>> filters;
    /** Whether a word that a filter does not have may stand in the frame all the same; of frames that were decoded. */
    private final Cache<FrameId, Boolean> parted;

    /** @param cacheBytes heap for decoded frames; a quarter of it more for footers */
    ProcessedFrames(BlobStore store, Scheduler decode, long cacheBytes, MeterRegistry registry) {
        this.blobs = new ProcessedBlobs(store, decode);
        var hits = counter(registry, "hit");
        var misses = counter(registry, "miss");
        this.footers = new SharedLoads<>(cacheBytes / 4, (_, footer) -> weight(footer), hits, misses);
        this.frames = new SharedLoads<>(
                cacheBytes, (id, states) -> id.uncompressedBytes + states.size() * STATE_BYTES, hits, misses);
        this.filters = new SharedLoads<>(cacheBytes / 4, (id, _) -> id.bytes, hits, misses);
        this.parted = Caffeine.newBuilder()
                .maximumSize(cacheBytes / 4 / PARTED_BYTES)
                .executor(Runnable::run)
                .build();
    }

    /** All frames of the section, one after another; not kept, for they may be many. */
    Flux<ProcessedFrame> frames(TailObject object, LiveSection live) {
        return section(object, live)
                .flatMapMany(section -> blobs.frames(live.blobName(), section))
                .doOnNext(frame -> look(FrameId.of(live, frame.ref()), frame.states()))
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    Mono<RowState> state(TailObject object, LiveSection live, int frame, int index) {
        return section(object, live)
                .flatMap(section -> frame(object, live, section.frames().get(frame)))
                .map(states -> states.get(index))
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    /** The states at places of one frame. */
    Mono<List<RowState>> states(TailObject object, LiveSection live, int frame, List<StatePlace> places) {
        return section(object, live)
                .flatMap(section -> frame(object, live, section.frames().get(frame)))
                .map(states ->
                        places.stream().map(place -> states.get(place.index())).toList())
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    /** What is known of the words of each frame without reading it. */
    Mono<FrameWords> words(TailObject object, LiveSection live) {
        return section(object, live)
                .flatMap(section -> filters.get(
                                SectionId.of(live, section), () -> blobs.filters(live.blobName(), section))
                        .map(all -> words(live, section, all)))
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    private FrameWords words(LiveSection live, ProcessedSection section, List<TokenFilter> all) {
        var known = new ArrayList<Optional<TokenFilter>>(all.size());
        for (int frame = 0; frame < all.size(); frame++) {
            var isParted = parted.getIfPresent(FrameId.of(live, section.frames().get(frame)));
            known.add(Boolean.FALSE.equals(isParted) ? Optional.of(all.get(frame)) : Optional.empty());
        }
        return new FrameWords(known);
    }

    private void look(FrameId id, List<RowState> states) {
        if (parted.getIfPresent(id) == null) {
            parted.put(id, states.stream().anyMatch(ProcessedFrames::isParted));
        }
    }

    private static boolean isParted(RowState state) {
        if (state.deleted()) {
            return false;
        }
        var found = new AtomicBoolean();
        state.forEachPiece(piece -> found.compareAndSet(false, PartedWords.mayStandIn(piece)));
        return found.get();
    }

    private Mono<List<RowState>> frame(TailObject object, LiveSection live, FrameRef ref) {
        var id = FrameId.of(live, ref);
        return frames.get(
                id, () -> blobs.frame(live.blobName(), object.ref(), ref).doOnNext(states -> look(id, states)));
    }

    private Mono<ProcessedSection> section(TailObject object, LiveSection live) {
        if (!live.blobName().startsWith(object.organization().blobPrefix())) {
            return Mono.error(unreadable(live, "it belongs to another organization"));
        }
        return footers.get(live.blobName(), () -> blobs.footer(live.blobName(), live.blobBytes(), live.footerOffset()))
                .map(footer -> sectionOf(object, live, footer));
    }

    private static ProcessedSection sectionOf(TailObject object, LiveSection live, ProcessedFooter footer) {
        var wanted = live.section();
        return footer.sections().stream()
                .filter(found -> found.segment().equals(wanted.segment())
                        && found.object().equals(object.ref())
                        && found.summary().partition() == wanted.partition()
                        && found.summary().stampSum() == wanted.stampSum())
                .findFirst()
                .filter(_ -> footer.organization().equals(object.organization()))
                .orElseThrow(() ->
                        unreadable(live, "it does not hold what the catalog says of segment " + wanted.segment()));
    }

    private static ReadRefusedException unreadable(LiveSection live, String reason) {
        return new ReadRefusedException(new ReadRefusal.BlobUnreadable(live.blobName(), reason));
    }

    private static int weight(ProcessedFooter footer) {
        long rows = footer.sections().stream()
                .mapToLong(section -> section.summary().rows())
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, 1024 + rows * ROW_REF_BYTES);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.frames.asked")
                .description(
                        "Footers and decoded frames of processed blobs asked for by reads, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }

    private record FrameId(String blob, long offset, int uncompressedBytes) {
        static FrameId of(LiveSection live, FrameRef ref) {
            return new FrameId(live.blobName(), ref.offset(), ref.uncompressedBytes());
        }
    }

    /** @param bytes of its filters */
    private record SectionId(String blob, long offset, int bytes) {
        static SectionId of(LiveSection live, ProcessedSection section) {
            var first = section.frames().getFirst().filter();
            long end = section.frames().getLast().filter().end();
            return new SectionId(live.blobName(), first.offset(), Math.toIntExact(end - first.offset()));
        }
    }
}
