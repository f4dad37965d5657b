package io.spanlake.storage.verify;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.AccountedStamps;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.index.FieldSearch;
import io.spanlake.storage.part.index.PaginationKeys;
import io.spanlake.storage.part.text.TextSearch;
import io.spanlake.storage.verify.LiveObject.DeadRows;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import io.spanlake.storage.wal.StampSum;
import java.io.IOException;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.scheduler.Scheduler;

/**
 * Proves one part. Blocks.
 *
 * <ol>
 *   <li>the reader proves every byte, and that filters and lookups find each row;
 *   <li>each row is decoded again, counted, and compared by position with the index and the columns;
 *   <li>what is not dead is noted, so that it is seen where it lives twice.
 * </ol>
 */
final class PartVerifier {
    private final BlobStore store;
    private final PartBlobs parts;
    private final Scheduler decode;

    PartVerifier(BlobStore store, Scheduler decode) {
        this.store = store;
        this.parts = new PartBlobs(store, decode);
        this.decode = decode;
    }

    /** @param rows takes each live row in */
    void verify(ObjectRef object, PartPlace place, int partNumber, LiveRows rows, LiveWrites writes, Findings findings)
            throws IOException {
        var part = Objects.requireNonNull(
                parts.open(place.blob(), place.blobBytes(), place.tailOffset()).block());
        if (!part.spec().object().equals(object)) {
            findings.fault(
                    place.blob(), "is of %s, not of %s".formatted(part.spec().object(), object));
            return;
        }
        findings.mustBe(place.blob(), "rows", place.rows(), part.rows());
        findings.mustBe(
                place.blob(), "raw bytes", place.rawBytes(), part.statistics().rawBytes());
        findings.mustBe(
                place.blob(), "stamp sum", place.stampSum(), part.statistics().stampSum());
        part.prove().block();
        var dead = dead(place, findings);
        try (var index = FieldSearch.open(part.index());
                var columns = PartColumns.open(part, place, decode, findings)) {
            findings.mustBe(place.blob(), "documents of the index", part.rows(), index.rows());
            LuceneFiles.verify(part.index(), place.blob(), findings);
            LuceneFiles.verify(part.text(), place.blob(), findings);
            TextSearch.open(part.text()).close();
            var walk =
                    new Walk(object, place, partNumber, index.paginationKeys(), columns, dead, rows, writes, findings);
            for (var row : part.rows(0, part.rows()).toIterable(1)) {
                walk.add(row);
            }
            walk.finish();
            columns.finish();
        }
        findings.bytes += place.blobBytes() + place.orcBytes();
    }

    private RoaringBitmap dead(PartPlace place, Findings findings) {
        if (place.dead().isEmpty()) {
            return new RoaringBitmap();
        }
        DeadRows vector = place.dead().get();
        var name = new BlobName(vector.blob());
        var bytes = Objects.requireNonNull(
                store.read(name, 0, Math.toIntExact(vector.bytes())).block());
        var dead = DeletionVectors.decode(new BlobName(place.blob()), vector.version(), bytes);
        findings.mustBe(vector.blob(), "dead rows", vector.rows(), dead.getLongCardinality());
        if (!dead.isEmpty() && dead.last() >= place.rows()) {
            findings.fault(vector.blob(), "row %d of %d is dead".formatted(dead.last(), place.rows()));
        }
        findings.bytes += vector.bytes();
        return dead;
    }

    /** The rows of one part, in order. */
    private static final class Walk {
        private final ObjectRef object;
        private final PartPlace place;
        private final int partNumber;
        private final PaginationKeys index;
        private final PartColumns columns;
        private final RoaringBitmap dead;
        private final LiveRows rows;
        private final LiveWrites writes;
        private final Findings findings;
        private int ordinal;
        private long rawBytes;
        private long stampSum;
        private long deadSum;

        Walk(
                ObjectRef object,
                PartPlace place,
                int partNumber,
                PaginationKeys index,
                PartColumns columns,
                RoaringBitmap dead,
                LiveRows rows,
                LiveWrites writes,
                Findings findings) {
            this.object = object;
            this.place = place;
            this.partNumber = partNumber;
            this.index = index;
            this.columns = columns;
            this.dead = dead;
            this.rows = rows;
            this.writes = writes;
            this.findings = findings;
        }

        void add(PartRow row) throws IOException {
            var stamps = AccountedStamps.of(object.type(), row.facts().stamps());
            long sum = StampSum.of(object, row.rowId(), stamps);
            rawBytes += row.stored().json().length();
            stampSum += sum;
            if (dead.contains(ordinal)) {
                deadSum += sum;
            } else {
                // Of versions only the newest is the row; that none is there twice is seen from its writes.
                if (row.until().isEmpty()) {
                    rows.add(row.rowId(), partNumber, ordinal);
                }
                for (var stamp : stamps) {
                    writes.add(object, row.rowId(), stamp, place.blob());
                }
            }
            mustBeIndexed(row);
            columns.mustHave(ordinal, row);
            ordinal++;
        }

        private void mustBeIndexed(PartRow row) throws IOException {
            if (index.of(ordinal) != row.facts().first().paginationNumber()) {
                findings.fault(place.blob(), "document %d of the index is another row".formatted(ordinal));
            }
        }

        void finish() {
            findings.mustBe(place.blob(), "rows that can be read", place.rows(), ordinal);
            findings.mustBe(place.blob(), "raw bytes of the rows", place.rawBytes(), rawBytes);
            findings.mustBe(place.blob(), "stamp sum of the rows", place.stampSum(), stampSum);
            place.dead()
                    .ifPresent(vector ->
                            findings.mustBe(vector.blob(), "stamp sum of the dead rows", vector.stampSum(), deadSum));
            findings.partRows += ordinal - dead.getLongCardinality();
            findings.deadRows += dead.getLongCardinality();
        }
    }
}
