package io.spanlake.query.verify;

import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.storage.verify.LiveObject;
import io.spanlake.storage.verify.LiveObject.DeadRows;
import io.spanlake.storage.verify.LiveObject.PartPlace;
import io.spanlake.storage.verify.LiveObject.ProcessedPlace;
import io.spanlake.storage.verify.LiveObject.WalPlace;

/** What a snapshot says, as what has to be proven. */
final class SnapshotPlaces {
    private SnapshotPlaces() {}

    static LiveObject of(ObjectSnapshot snapshot) {
        return new LiveObject(
                snapshot.object(),
                snapshot.walSections().stream().map(SnapshotPlaces::wal).toList(),
                snapshot.sections().stream().map(SnapshotPlaces::processed).toList(),
                snapshot.parts().stream().map(SnapshotPlaces::part).toList());
    }

    private static WalPlace wal(SectionRef section) {
        return new WalPlace(
                section.blobName(),
                section.blobBytes(),
                section.footerOffset(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next());
    }

    private static ProcessedPlace processed(LiveSection live) {
        var section = live.section();
        return new ProcessedPlace(
                live.blobName(),
                live.blobBytes(),
                live.footerOffset(),
                section.segment(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next(),
                section.rows(),
                section.rawBytes(),
                section.stampSum());
    }

    private static PartPlace part(LivePart live) {
        var file = live.file();
        return new PartPlace(
                file.name(),
                file.bytes(),
                file.tailOffset(),
                file.orcName(),
                file.orcBytes(),
                file.rows(),
                file.rawBytes(),
                file.stampSum(),
                live.dead().map(vector -> dead(vector, live.dvVersion())));
    }

    private static DeadRows dead(DeletionVector vector, int version) {
        return new DeadRows(vector.name(), vector.bytes(), version, vector.rows(), vector.stampSum());
    }
}
