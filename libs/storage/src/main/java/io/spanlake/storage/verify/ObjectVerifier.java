package io.spanlake.storage.verify;

import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.part.columns.ColumnsFormatException;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import io.spanlake.storage.wal.WalBlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Proves one object:
 *
 * <ol>
 *   <li>every section of its tail and every part is read to its end, each byte under its checksum;
 *   <li>counts and sums are those that the catalog has;
 *   <li>in each part rows, index and columns agree by position, and filters and lookups find the rows;
 *   <li>no write lives in two places, and no row in two live places of parts.
 * </ol>
 *
 * <p>Its memory is bounded whatever the object's size. Stateless; may be shared.
 */
public final class ObjectVerifier {
    private static final int TWINS_MAX = 100;

    private final TailVerifier tail;
    private final PartVerifier parts;
    private final PartBlobs opener;
    private final Scheduler work;

    /**
     * @param store  not through a cache: what is proven is what is stored
     * @param decode bounded, for CPU work of the readers; its threads may block
     * @param work   bounded; a verification takes one thread of it, which blocks
     */
    public ObjectVerifier(BlobStore store, Scheduler decode, Scheduler work) {
        this.tail = new TailVerifier(new WalBlobs(store, decode), new ProcessedBlobs(store, decode));
        this.parts = new PartVerifier(store, decode);
        this.opener = new PartBlobs(store, decode);
        this.work = work;
    }

    /**
     * Errors: {@link BlobNotFoundException} where a blob is not there: it may have been retired since the snapshot, so
     * take another one; other errors of the store. Damage is no error but a fault of the report.
     *
     * @param folder local, for files of its own
     */
    public Mono<ObjectReport> verify(LiveObject live, Path folder) {
        return Mono.fromCallable(() -> verifyNow(live, folder)).subscribeOn(work);
    }

    private ObjectReport verifyNow(LiveObject live, Path folder) throws IOException {
        var own = Files.createTempDirectory(Files.createDirectories(folder), "verify-");
        var findings = new Findings();
        try (var writes = new LiveWrites(own, Twins.KEPT_MAX, TWINS_MAX);
                var rows = new LiveRows(own, Twins.KEPT_MAX, TWINS_MAX)) {
            for (var place : live.wal()) {
                proven(place.blob(), findings, () -> tail.verify(live, place, writes, findings));
            }
            for (var place : live.processed()) {
                proven(place.blob(), findings, () -> tail.verify(live, place, writes, findings));
            }
            for (int i = 0; i < live.parts().size(); i++) {
                var place = live.parts().get(i);
                int number = i;
                proven(
                        place.blob(),
                        findings,
                        () -> parts.verify(live.object(), place, number, rows, writes, findings));
            }
            writes.report(findings);
            rows.report(live.parts(), this::open, findings);
        } finally {
            delete(own);
        }
        return findings.report(live);
    }

    private PartReader open(PartPlace place) {
        return Objects.requireNonNull(
                opener.open(place.blob(), place.blobBytes(), place.tailOffset()).block());
    }

    private interface Step {
        void run() throws IOException;
    }

    /** What is damaged is told, and the rest goes on. */
    private static void proven(String blob, Findings findings, Step step) throws IOException {
        try {
            step.run();
        } catch (BlobFormatException | ColumnsFormatException damage) {
            findings.fault(blob, "damaged: " + damage.getMessage());
        } catch (IOException fault) {
            if (fault.getCause() instanceof BlobNotFoundException gone) {
                throw gone;
            }
            findings.fault(blob, "damaged: " + fault.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
