package io.spanlake.storage.processed;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.ReadRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads of processed blobs only what is asked for: the footer, the frames of a segment, one frame, the filters of a
 * section. Ranged reads are the store's; checking, inflating and decoding happen on the scheduler handed in, one frame at a
 * time as the reader asks for it.
 *
 * <p>Errors: those of the store, and {@link BlobFormatException} that names the blob.
 */
public final class ProcessedBlobs {
    /** Of one ranged read: large enough that a section is a few, small enough to hold some. */
    private static final int READ_BYTES_MAX = 8 << 20;

    private final BlobStore store;
    private final Scheduler decode;

    /** @param decode bounded, for CPU work */
    public ProcessedBlobs(BlobStore store, Scheduler decode) {
        this.store = store;
        this.decode = decode;
    }

    /** By one read; the arguments are what the catalog says of the blob. */
    public Mono<ProcessedFooter> footer(String name, long blobBytes, long footerOffset) {
        return Mono.fromSupplier(() -> ProcessedFormat.FORMAT.endBytes(blobBytes, footerOffset))
                .onErrorMap(BlobFormatException.class, e -> e.in(name))
                .flatMap(length -> store.read(new BlobName(name), footerOffset, length))
                .flatMap(bytes -> decoded(name, () -> ProcessedFooter.parse(bytes, blobBytes)));
    }

    /** All frames of a segment, in order of offsets; neighbours are fetched by one read. */
    public Flux<ProcessedFrame> frames(String name, ProcessedFooter footer, UUID segment) {
        return Flux.fromIterable(footer.sections())
                .filter(section -> section.segment().equals(segment))
                .concatMap(section -> frames(name, section), 0);
    }

    /** All frames of one section. */
    public Flux<ProcessedFrame> frames(String name, ProcessedSection section) {
        return Flux.fromIterable(ReadRange.of(section.frames(), READ_BYTES_MAX))
                .concatMap(range -> frames(new BlobName(name), section.object(), range), 0);
    }

    private Flux<ProcessedFrame> frames(BlobName name, ObjectRef object, ReadRange<FrameRef> range) {
        return store.read(name, range.offset(), range.length())
                .flatMapMany(bytes -> Flux.fromIterable(range.pieces())
                        .concatMap(ref -> frame(name, object, ref, range.bytesOf(ref, bytes)), 0));
    }

    private Mono<ProcessedFrame> frame(BlobName name, ObjectRef object, FrameRef ref, ByteSlice bytes) {
        return decoded(name.value(), () -> new ProcessedFrame(ref, ProcessedFrameReader.decode(object, ref, bytes)));
    }

    /** The states of one frame, by one read. */
    public Mono<List<RowState>> frame(String name, ObjectRef object, FrameRef ref) {
        return store.read(new BlobName(name), ref.offset(), ref.length())
                .flatMap(bytes -> decoded(name, () -> ProcessedFrameReader.decode(object, ref, bytes)));
    }

    /** A frame that was read before. */
    public Mono<OpenFrame> open(String name, ObjectRef object, FrameOutline frame) {
        return store.read(new BlobName(name), frame.offset(), frame.length())
                .flatMap(bytes -> decoded(name, () -> ProcessedFrameReader.open(object, frame, bytes)));
    }

    /** The token filter of each frame of a section, in their order, by one read. */
    public Mono<List<TokenFilter>> filters(String name, ProcessedSection section) {
        var frames = section.frames();
        long offset = frames.getFirst().filter().offset();
        long length = frames.getLast().filter().end() - offset;
        return store.read(new BlobName(name), offset, Math.toIntExact(length))
                .flatMap(bytes -> decoded(name, () -> filters(frames, offset, bytes)));
    }

    private static List<TokenFilter> filters(List<FrameRef> frames, long offset, ByteSlice bytes) {
        var filters = new ArrayList<TokenFilter>(frames.size());
        for (var frame : frames) {
            var ref = frame.filter();
            filters.add(ProcessedFrameReader.filter(frame, bytes.slice((int) (ref.offset() - offset), ref.length())));
        }
        return filters;
    }

    private <T> Mono<T> decoded(String name, Supplier<T> decoding) {
        return Mono.fromSupplier(decoding).subscribeOn(decode).onErrorMap(BlobFormatException.class, e -> e.in(name));
    }
}
