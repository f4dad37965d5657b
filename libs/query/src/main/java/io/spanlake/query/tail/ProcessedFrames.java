package io.spanlake.query.tail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.RowState;
import io.spanlake.query.BlobRefusals;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.SharedLoads;
import io.spanlake.storage.processed.FrameOutline;
import io.spanlake.storage.processed.FrameRef;
import io.spanlake.storage.processed.OpenFrame;
import io.spanlake.storage.processed.PartedWords;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedFooter;
import io.spanlake.storage.processed.ProcessedFrame;
import io.spanlake.storage.processed.ProcessedSection;
import io.spanlake.storage.processed.TokenFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The states of processed sections: all of one, or a single one by its place. Keeps footers and inflated frames that were
 * asked for lately. Faults are as with {@link LogBlocks}.
 */
final class ProcessedFrames {
    private static final int ROW_REF_BYTES = 160;
    private static final int STATE_BYTES = 400;
    private static final int PARTED_BYTES = 200;
    private static final int OUTLINE_BYTES = 80;

    private final ProcessedBlobs blobs;
    private final Scheduler decode;
    private final SharedLoads<String, ProcessedFooter> footers;
    private final SharedLoads<FrameId, OpenFrame> frames;
    private final SharedLoads<SectionId, List<FrameOutline>> outlines;
    private final SharedLoads<SectionId, SectionBlocks> filters;
    /** Whether a word that a filter does not have may stand in the frame all the same; of frames that were read. */
    private final Cache<FrameId, Boolean> parted;

    /** @param cacheBytes heap for frames; a quarter of it more for what footers say, and another for filters */
    ProcessedFrames(BlobStore store, Scheduler decode, long cacheBytes, MeterRegistry registry) {
        this.blobs = new ProcessedBlobs(store, decode);
        this.decode = decode;
        var hits = counter(registry, "hit");
        var misses = counter(registry, "miss");
        this.footers = new SharedLoads<>(cacheBytes / 8, (_, footer) -> weight(footer), hits, misses);
        this.outlines = new SharedLoads<>(cacheBytes / 8, (_, frames) -> weight(frames), hits, misses);
        this.frames = new SharedLoads<>(
                cacheBytes, (id, frame) -> id.uncompressedBytes + frame.rows() * STATE_BYTES, hits, misses);
        this.filters = new SharedLoads<>(cacheBytes / 4, (_, known) -> known.bytes(), hits, misses);
        this.parted = Caffeine.newBuilder()
                .maximumSize(cacheBytes / 4 / PARTED_BYTES)
                .executor(Runnable::run)
                .build();
    }

    /** All frames of the section, one after another; not kept, for they may be many. */
    Flux<ProcessedFrame> frames(TailObject object, LiveSection live) {
        return section(object, live)
                .flatMapMany(section -> blobs.frames(live.blobName(), section))
                .doOnNext(frame -> look(FrameId.of(live, frame.ref()), () -> isParted(frame.states())))
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    Mono<RowState> state(TailObject object, LiveSection live, int frame, int index) {
        return states(object, live, frame).map(states -> states.get(index));
    }

    /** The states at places of one frame. */
    Mono<List<RowState>> states(TailObject object, LiveSection live, int frame, List<StatePlace> places) {
        return states(object, live, frame)
                .map(states ->
                        places.stream().map(place -> states.get(place.index())).toList());
    }

    /** All states of one frame. */
    Mono<List<RowState>> states(TailObject object, LiveSection live, int frame) {
        return frame(object, live, frame)
                .flatMap(this::states)
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    private Mono<List<RowState>> states(OpenFrame frame) {
        var states = Mono.fromSupplier(frame::states);
        return frame.isDecoded() ? states : states.subscribeOn(decode);
    }

    /** The JSON of each state of one frame. */
    Mono<List<ByteSlice>> json(TailObject object, LiveSection live, int frame) {
        return frame(object, live, frame)
                .map(OpenFrame::json)
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    /** Number of states in each frame of the section. */
    Mono<int[]> blockSizes(TailObject object, LiveSection live) {
        return outlines(object, live)
                .map(all -> all.stream().mapToInt(FrameOutline::rows).toArray())
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    /** What is known of each frame without reading it. */
    Mono<SectionBlocks> blocks(TailObject object, LiveSection live) {
        return ofOrganization(object, live)
                .then(Mono.defer(() -> filters.get(SectionId.of(live), () -> blocksOf(object, live))))
                .onErrorMap(fault -> BlobRefusals.of(live.blobName(), fault));
    }

    private Mono<SectionBlocks> blocksOf(TailObject object, LiveSection live) {
        return section(object, live)
                .flatMap(section -> blobs.filters(live.blobName(), section).map(all -> blocksOf(live, section, all)));
    }

    private SectionBlocks blocksOf(LiveSection live, ProcessedSection section, List<TokenFilter> filters) {
        var frames = section.frames();
        var words = new ArrayList<Predicate<String>>(frames.size());
        for (int frame = 0; frame < frames.size(); frame++) {
            var id = FrameId.of(live, frames.get(frame));
            var filter = filters.get(frame);
            words.add(text -> !Boolean.FALSE.equals(parted.getIfPresent(id)) || filter.mayHaveWords(text));
        }
        int[] sizes = frames.stream().mapToInt(ref -> ref.rows().size()).toArray();
        long bytes =
                frames.getLast().filter().end() - frames.getFirst().filter().offset();
        return new SectionBlocks(SectionBlocks.ends(sizes), words, bytes);
    }

    private void look(FrameId id, BooleanSupplier isParted) {
        if (parted.getIfPresent(id) == null) {
            parted.put(id, isParted.getAsBoolean());
        }
    }

    private static boolean isParted(List<RowState> states) {
        return states.stream().anyMatch(ProcessedFrames::isParted);
    }

    private static boolean isParted(RowState state) {
        if (state.deleted()) {
            return false;
        }
        var found = new AtomicBoolean();
        state.forEachPiece(piece -> found.compareAndSet(false, PartedWords.mayStandIn(piece)));
        return found.get();
    }

    private Mono<OpenFrame> frame(TailObject object, LiveSection live, int number) {
        return outlines(object, live).flatMap(all -> frame(object, live, all.get(number)));
    }

    private Mono<List<FrameOutline>> outlines(TailObject object, LiveSection live) {
        return ofOrganization(object, live)
                .then(Mono.defer(() -> outlines.get(SectionId.of(live), () -> outlinesOf(object, live))));
    }

    private Mono<List<FrameOutline>> outlinesOf(TailObject object, LiveSection live) {
        return section(object, live)
                .map(section -> section.frames().stream().map(FrameOutline::of).toList());
    }

    private Mono<OpenFrame> frame(TailObject object, LiveSection live, FrameOutline frame) {
        var id = new FrameId(live.blobName(), frame.offset(), frame.uncompressedBytes());
        return frames.get(
                id,
                () -> blobs.open(live.blobName(), object.ref(), frame)
                        .doOnNext(open -> look(id, () -> open.json().stream().anyMatch(PartedWords::mayStandIn))));
    }

    private Mono<ProcessedSection> section(TailObject object, LiveSection live) {
        return ofOrganization(object, live)
                .then(footers.get(
                        live.blobName(), () -> blobs.footer(live.blobName(), live.blobBytes(), live.footerOffset())))
                .map(footer -> sectionOf(object, live, footer));
    }

    private static Mono<Void> ofOrganization(TailObject object, LiveSection live) {
        return live.blobName().startsWith(object.organization().blobPrefix())
                ? Mono.empty()
                : Mono.error(unreadable(live, "it belongs to another organization"));
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

    private static int weight(List<FrameOutline> frames) {
        long bytes = 0;
        for (var frame : frames) {
            bytes += OUTLINE_BYTES + (long) Integer.BYTES * frame.rows();
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("spanlake.query.frames.asked")
                .description(
                        "Footers and frames of processed blobs asked for by reads, and whether they were in memory")
                .tag("outcome", outcome)
                .register(registry);
    }

    private record FrameId(String blob, long offset, int uncompressedBytes) {
        static FrameId of(LiveSection live, FrameRef ref) {
            return new FrameId(live.blobName(), ref.offset(), ref.uncompressedBytes());
        }
    }

    /** A catalog that was set back may give a number again, but no name of a blob is. */
    private record SectionId(String blob, long id) {
        static SectionId of(LiveSection live) {
            return new SectionId(live.blobName(), live.id());
        }
    }
}
