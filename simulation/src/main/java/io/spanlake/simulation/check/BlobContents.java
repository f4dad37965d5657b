package io.spanlake.simulation.check;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.model.row.RowState;
import io.spanlake.simulation.store.StoredBlobs;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.wal.WalContents;
import io.spanlake.storage.wal.WalObjectReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.scheduler.Schedulers;

/** Reads blobs whole, from outside of the simulation, and each once: they never change. */
final class BlobContents {
    private final StoredBlobs stored;
    private final ProcessedBlobs processed;
    private final PartBlobs parts;
    private final Map<String, WalContents> logs = new HashMap<>();
    private final Map<List<Object>, List<RowState>> sections = new HashMap<>();
    private final Map<String, List<RowState>> rows = new HashMap<>();
    private final Map<String, RoaringBitmap> dead = new HashMap<>();

    /** @param direct the same blobs, without delays or faults */
    BlobContents(StoredBlobs stored, BlobStore direct) {
        this.stored = stored;
        this.processed = new ProcessedBlobs(direct, Schedulers.immediate());
        this.parts = new PartBlobs(direct, Schedulers.immediate());
    }

    List<Write> writes(SectionRef section, ObjectRef object) {
        return logs
                .computeIfAbsent(section.blobName(), name -> WalObjectReader.readAll(stored.whole(name)))
                .sections()
                .stream()
                .filter(of -> of.partition() == section.partition()
                        && of.incarnation() == section.incarnation()
                        && of.first() == section.first()
                        && of.next() == section.next())
                .flatMap(of -> of.writes().stream())
                .filter(write -> write.object().equals(object))
                .toList();
    }

    List<RowState> states(LiveSection live, ObjectRef object) {
        var section = live.section();
        return sections.computeIfAbsent(
                List.of(live.blobName(), section.segment(), section.partition()), _ -> decode(live, object));
    }

    private List<RowState> decode(LiveSection live, ObjectRef object) {
        var footer = Objects.requireNonNull(processed
                .footer(live.blobName(), live.blobBytes(), live.footerOffset())
                .block());
        var states = new ArrayList<RowState>();
        footer.sections().stream()
                .filter(section -> section.segment().equals(live.section().segment())
                        && section.summary().partition() == live.section().partition()
                        && section.object().equals(object))
                .flatMap(section -> section.frames().stream())
                .forEach(frame -> states.addAll(Objects.requireNonNull(
                        processed.frame(live.blobName(), object, frame).block())));
        return states;
    }

    /** In order of ordinals, dead ones too. */
    List<RowState> rows(LivePart live, ObjectRef object) {
        return rows.computeIfAbsent(live.file().name(), name -> {
            var reader = Objects.requireNonNull(
                    parts.open(name, live.file().bytes(), live.file().tailOffset())
                            .block());
            return Objects.requireNonNull(reader.rows(0, reader.rows())
                    .map(row -> row.stored().state(object, row.rowId()))
                    .collectList()
                    .block());
        });
    }

    RoaringBitmap dead(LivePart live) {
        return live.dead()
                .map(vector -> dead.computeIfAbsent(
                        vector.name(),
                        name -> DeletionVectors.decode(
                                new BlobName(live.file().name()), live.dvVersion(), stored.whole(name))))
                .orElseGet(RoaringBitmap::new);
    }
}
