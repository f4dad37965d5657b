package io.spanlake.storage.part;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.Placement;
import io.spanlake.storage.container.BlobFormat;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.container.CorruptBlobException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads a whole part, to the last byte of its two blobs, and proves that its pieces say the same: every row is counted, and
 * found by filters and lookups under its ordinal. What the two indexes and the columns say of rows is not looked into.
 */
final class PartProof {
    private static final int READ_BYTES = 64 * PartFormat.PAGE_BYTES;

    private final BlobStore store;
    private final BlobName name;
    private final PartTail tail;
    private final PartFooter footer;
    private final RangeSource pages;
    private final RangeSource columns;

    PartProof(BlobStore store, BlobName name, PartTail tail, RangeSource pages, RangeSource columns) {
        this.store = store;
        this.name = name;
        this.tail = tail;
        this.footer = tail.footer();
        this.pages = pages;
        this.columns = columns;
    }

    /** @param rows all rows of the part, in order */
    Mono<Void> of(Flux<PartRow> rows) {
        return header().thenMany(everything(pages, footer.pages().bytes()))
                .thenMany(everything(columns, footer.columns().bytes()))
                .then(lookups())
                .flatMap(lookups -> rows.reduceWith(() -> new Seen(lookups), Seen::plus))
                .doOnNext(Seen::mustBeWhatTheFooterCounts)
                .onErrorMap(BlobFormatException.class, this::named)
                .then();
    }

    private Mono<ByteSlice> header() {
        return store.read(name, 0, BlobFormat.HEADER_BYTES).doOnNext(PartFormat.BLOB::mustBeginWithHeader);
    }

    private static Flux<ByteSlice> everything(RangeSource source, long bytes) {
        return Flux.fromStream(() -> LongStream.iterate(0, at -> at < bytes, at -> at + READ_BYTES)
                        .boxed())
                .concatMap(at -> source.read(at, (int) Math.min(READ_BYTES, bytes - at)), 0);
    }

    private Mono<ByteSlice> lookups() {
        long bytes = footer.rowIds().bytes()
                + footer.spanIds().bytes()
                + footer.traces().bytes();
        return pages.read(0, Math.toIntExact(bytes));
    }

    private Throwable named(Throwable fault) {
        var told = fault.getMessage();
        return fault instanceof BlobFormatException damage && (told == null || !told.startsWith(name.value()))
                ? damage.in(name.value())
                : fault;
    }

    /** The rows so far. Not thread-safe. */
    private final class Seen {
        private final ByteSlice lookups;
        private int ordinal;
        private @Nullable String trace;
        private @Nullable PartCounts counts;

        Seen(ByteSlice lookups) {
            this.lookups = lookups;
        }

        Seen plus(PartRow row) {
            boolean begins = !row.traceKey().equals(trace);
            mustFind(footer.rowIds(), row.rowId(), tail.rowBloom().mayContain(Placement.hash(row.rowId())));
            var spanId = row.facts().trace().spanId();
            mustFind(footer.spanIds(), spanId, tail.spanBloom().mayContain(Placement.hash(spanId)));
            if (begins) {
                trace = row.traceKey();
                mustFind(footer.traces(), row.traceKey(), tail.traceBloom().mayContain(Placement.hash(row.traceKey())));
            }
            if (row.until().isPresent() != footer.superseded().contains(ordinal)) {
                throw new CorruptBlobException(
                        "row %d: footer and row differ on whether it is superseded".formatted(ordinal));
            }
            var one = PartCounts.of(footer.spec().object(), row);
            counts = counts == null ? one : counts.plus(one, begins);
            ordinal++;
            return this;
        }

        private void mustFind(LookupTable lookup, String id, boolean mayBeThere) {
            long hash = Placement.hash(id);
            var bucket = lookup.bucket(hash);
            var entries = lookups.slice((int) bucket.offset(), bucket.length());
            if (!mayBeThere || Arrays.binarySearch(lookup.ordinals(hash, entries), ordinal) < 0) {
                throw new CorruptBlobException("row %d is not found by one of its ids".formatted(ordinal));
            }
        }

        private void mustBeWhatTheFooterCounts() {
            if (!footer.counts().equals(counts)) {
                throw new CorruptBlobException(
                        "the footer counts %s, the rows are %s".formatted(footer.counts(), counts));
            }
        }
    }
}
