package io.spanlake.query.tail;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.query.ReadRefusal;
import io.spanlake.query.part.OpenPart;
import io.spanlake.query.part.PartStretches;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.part.RowStretch;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * States of rows, wherever they lie. Keeps what was decoded lately.
 *
 * <p>A blob that is gone or damaged, or another organization's, is a {@link ReadRefusal.BlobUnreadable} that names it.
 * Thread-safe.
 */
public final class TailBlobs {
    private final LogBlocks log;
    private final ProcessedFrames processed;
    private final PartStretches parts;

    /**
     * @param decode     bounded, for CPU work
     * @param cacheBytes heap for decoded blocks, of the log and of processed blobs each; a quarter of it more for footers
     */
    public TailBlobs(BlobStore store, Scheduler decode, long cacheBytes, PartStretches parts, MeterRegistry registry) {
        this.log = new LogBlocks(store, decode, cacheBytes, registry);
        this.processed = new ProcessedFrames(store, decode, cacheBytes, registry);
        this.parts = parts;
    }

    /** The state of the row that lies there. */
    public Mono<RowState> state(TailObject object, String rowId, StatePlace place) {
        return switch (place.source()) {
            case Source.Log(var section) ->
                log.write(object, section, place.block(), place.index(), place.stamp())
                        .map(RowState::of);
            case Source.Processed(var section) -> processed.state(object, section, place.block(), place.index());
            case Source.Part(var part) -> parts.state(object.ref(), part, place.ordinal());
        };
    }

    /**
     * The states that lie at places of one block or frame, which is asked for once.
     *
     * @param places not of a part
     */
    public Mono<List<RowState>> states(TailObject object, List<StatePlace> places) {
        int block = places.getFirst().block();
        return switch (places.getFirst().source()) {
            case Source.Log(var section) ->
                log.writes(object, section, block, places)
                        .map(writes -> writes.stream().map(RowState::of).toList());
            case Source.Processed(var section) -> processed.states(object, section, block, places);
            case Source.Part(var part) ->
                throw new IllegalArgumentException("a row of " + part.name() + " is in no block");
        };
    }

    /** How many states each block of a section has, without reading it; of a part nothing is known. */
    public Mono<SectionBlocks> blocks(TailObject object, Source source) {
        return switch (source) {
            case Source.Log(var section) -> log.blockSizes(object, section).map(SectionBlocks::withoutFilters);
            case Source.Processed(var section) ->
                processed.blockSizes(object, section).map(SectionBlocks::withoutFilters);
            case Source.Part _ -> Mono.empty();
        };
    }

    /** And which words it may have, where filters say so: they are read. */
    public Mono<SectionBlocks> blocksWithWords(TailObject object, Source source) {
        return source instanceof Source.Processed(var section)
                ? processed.blocks(object, section)
                : blocks(object, source);
    }

    /**
     * The JSON of each state of one block or frame, in their order: all pieces that {@link RowState#forEachPiece} has of it, and maybe more.
     *
     * @param source not a part
     */
    public Mono<List<ByteSlice>> json(TailObject object, Source source, int block) {
        return switch (source) {
            case Source.Log(var section) ->
                log.writes(object, section, block)
                        .map(writes -> writes.stream().map(Write::json).toList());
            case Source.Processed(var section) -> processed.json(object, section, block);
            case Source.Part(var part) ->
                throw new IllegalArgumentException("a row of " + part.name() + " is in no block");
        };
    }

    /** The rows of a part that are compressed together with this one. */
    public Mono<RowStretch> partRows(OpenPart part, int ordinal) {
        return parts.rows(part, ordinal);
    }

    /** What names a row of a part. */
    public Mono<PartKey> partKey(OpenPart part, int ordinal) {
        return parts.key(part, ordinal);
    }

    LogBlocks log() {
        return log;
    }

    ProcessedFrames processed() {
        return processed;
    }

    PartStretches parts() {
        return parts;
    }
}
