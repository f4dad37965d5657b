package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.row.StoredRow;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.BlobRange;
import io.spanlake.storage.container.ReadRange;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads groups of rows: neighbours by one ranged read, decoded one group at a time as the reader asks for it. */
final class GroupReads {
    private static final int READ_BYTES_MAX = 8 << 20;

    private final BlobStore store;
    private final Scheduler decode;
    private final BlobName name;

    GroupReads(BlobStore store, Scheduler decode, BlobName name) {
        this.store = store;
        this.decode = decode;
        this.name = name;
    }

    /** A group with its keys. */
    record Keys(RowGroup group, List<RowEntry> entries) {
        RowEntry entry(int ordinal) {
            return entries.get(ordinal - group.first());
        }
    }

    /** A group with all that it holds. */
    record Rows(RowGroup group, List<RowEntry> entries, List<StoredRow> rows, StoredFrame frame) {}

    private record Lines(List<ByteSlice> lines, StoredFrame frame) {
        static Lines of(RowGroup group, ByteSlice bytes) {
            var frame = group.json();
            return new Lines(
                    RowFrames.lines(group, bytes), new StoredFrame(bytes, frame.uncompressedBytes(), frame.crc32c()));
        }
    }

    /** The keys of groups, in their order. */
    Flux<Keys> keys(List<RowGroup> groups) {
        return read(groups, RowGroup::keys, (group, bytes) -> new Keys(group, RowFrames.keys(group, bytes)));
    }

    /** The rows of groups, in their order. */
    Flux<Rows> rows(List<RowGroup> groups) {
        return Flux.zip(lines(groups), keys(groups), GroupReads::joined).limitRate(1);
    }

    /** The same of groups whose keys are at hand. */
    Flux<Rows> rowsOf(List<Keys> keys) {
        var groups = keys.stream().map(Keys::group).toList();
        return Flux.zip(lines(groups), Flux.fromIterable(keys), GroupReads::joined)
                .limitRate(1);
    }

    private Flux<Lines> lines(List<RowGroup> groups) {
        return read(groups, RowGroup::json, Lines::of);
    }

    private static Rows joined(Lines lines, Keys keys) {
        return new Rows(keys.group(), keys.entries(), RowFrames.rows(lines.lines(), keys.entries()), lines.frame());
    }

    private record Piece(RowGroup group, FrameRef frame) implements BlobRange {
        @Override
        public long offset() {
            return frame.offset();
        }

        @Override
        public int length() {
            return frame.length();
        }
    }

    private <T> Flux<T> read(
            List<RowGroup> groups, Function<RowGroup, FrameRef> frame, BiFunction<RowGroup, ByteSlice, T> decoder) {
        var pieces = groups.stream()
                .map(group -> new Piece(group, frame.apply(group)))
                .toList();
        return Flux.fromIterable(ReadRange.of(pieces, READ_BYTES_MAX)).concatMap(range -> read(range, decoder), 0);
    }

    private <T> Flux<T> read(ReadRange<Piece> range, BiFunction<RowGroup, ByteSlice, T> decoder) {
        return store.read(name, range.offset(), range.length())
                .flatMapMany(bytes -> Flux.fromIterable(range.pieces())
                        .concatMap(
                                piece -> decoded(() -> decoder.apply(piece.group(), range.bytesOf(piece, bytes))), 0));
    }

    private <T> Mono<T> decoded(Supplier<T> decoding) {
        return Mono.fromSupplier(decoding)
                .subscribeOn(decode)
                .onErrorMap(BlobFormatException.class, e -> e.in(name.value()));
    }
}
