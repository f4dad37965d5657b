package io.spanlake.query.audit;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectGap;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.model.WriteKind;
import io.spanlake.model.row.AccountedStamps;
import io.spanlake.model.row.RowState;
import io.spanlake.storage.part.DeletionVectors;
import io.spanlake.storage.part.PartBlobs;
import io.spanlake.storage.part.PartReader;
import io.spanlake.storage.processed.ProcessedBlobs;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;
import reactor.core.scheduler.Scheduler;

/** Looks for the writes of a sample in all that a snapshot says is live. Blocks. */
final class LivePlaces {
    private final BlobStore store;
    private final ProcessedBlobs processed;
    private final PartBlobs parts;

    LivePlaces(BlobStore store, Scheduler decode) {
        this.store = store;
        this.processed = new ProcessedBlobs(store, decode);
        this.parts = new PartBlobs(store, decode);
    }

    /** @param source section that the sample is of */
    void find(Sample sample, SectionRef source, ObjectSnapshot snapshot) {
        if (snapshot.walSections().stream().anyMatch(section -> isSame(section, source))) {
            sample.allAreIn(Fate.LOG);
        }
        if (snapshot.unreadable().stream().anyMatch(gap -> isOf(gap, source))) {
            sample.allAreIn(Fate.MISSING);
        }
        snapshot.sections().stream()
                .filter(live -> live.carried() || mayHave(live, source))
                .forEach(live -> findIn(live, sample));
        snapshot.parts().forEach(live -> findIn(live, sample));
    }

    private static boolean isSame(SectionRef section, SectionRef source) {
        return section.blobName().equals(source.blobName()) && section.partition() == source.partition();
    }

    private static boolean isOf(ObjectGap gap, SectionRef source) {
        return gap.walObject().equals(source.blobName()) && gap.partition() == source.partition();
    }

    private static boolean mayHave(LiveSection live, SectionRef source) {
        var section = live.section();
        return section.partition() == source.partition()
                && section.incarnation() == source.incarnation()
                && section.first() < source.next()
                && source.first() < section.next();
    }

    private void findIn(LiveSection live, Sample sample) {
        var footer = Objects.requireNonNull(processed
                .footer(live.blobName(), live.blobBytes(), live.footerOffset())
                .block());
        for (var frame : processed
                .frames(live.blobName(), footer, live.section().segment())
                .toIterable(1)) {
            frame.states().forEach(state -> findIn(state, sample));
        }
    }

    private static void findIn(RowState state, Sample sample) {
        sample.found(state.rowId(), state.stamps(), Fate.PROCESSED);
        noteDelete(state, sample);
    }

    /** A row remembers its writes since the last delete, and that one. */
    private static void noteDelete(RowState state, Sample sample) {
        var oldest = state.writes().getFirst();
        if (oldest.kind() == WriteKind.DELETE) {
            sample.deleted(state.rowId(), oldest.stamp());
        }
    }

    private void findIn(LivePart live, Sample sample) {
        var file = live.file();
        var part = Objects.requireNonNull(
                parts.open(file.name(), file.bytes(), file.tailOffset()).block());
        var dead = dead(live);
        for (var rowId : sample.rows()) {
            for (int ordinal : Objects.requireNonNull(part.candidatesOf(rowId).block())) {
                if (!dead.contains(ordinal)) {
                    findIn(part, ordinal, rowId, sample);
                }
            }
        }
    }

    private static void findIn(PartReader part, int ordinal, String rowId, Sample sample) {
        var row = Objects.requireNonNull(part.rows(ordinal, 1).blockFirst());
        if (row.rowId().equals(rowId)) {
            var stamps = AccountedStamps.of(sample.object().type(), row.facts().stamps());
            sample.found(rowId, stamps, Fate.PART);
            noteDelete(row.stored().state(sample.object(), rowId), sample);
        }
    }

    private RoaringBitmap dead(LivePart live) {
        if (live.dead().isEmpty()) {
            return new RoaringBitmap();
        }
        var vector = live.dead().get();
        var bytes = Objects.requireNonNull(store.read(new BlobName(vector.name()), 0, Math.toIntExact(vector.bytes()))
                .block());
        return DeletionVectors.decode(new BlobName(live.file().name()), live.dvVersion(), bytes);
    }
}
