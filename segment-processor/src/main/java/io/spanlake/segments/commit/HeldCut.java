package io.spanlake.segments.commit;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.UnreadableWrites;
import io.spanlake.model.ObjectRef;
import io.spanlake.segments.fold.FoldedStretch;
import io.spanlake.segments.read.SectionContent;
import io.spanlake.segments.store.StoredCut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What of a cut may still be committed: its partitions under a claim that is held, and of its blobs their sections. */
record HeldCut(List<FoldedStretch.Summary> stretches, List<ProcessedObject> objects) {
    static HeldCut of(StoredCut stored) {
        var stretches = stored.stretches().stream()
                .filter(stretch -> stretch.read().claim().held())
                .toList();
        var partitions = stretches.stream()
                .map(stretch -> stretch.read().claim().partition())
                .collect(Collectors.toUnmodifiableSet());
        var objects = stored.objects().stream()
                .flatMap(object -> only(partitions, object).stream())
                .toList();
        return new HeldCut(stretches, objects);
    }

    private static List<ProcessedObject> only(Set<Integer> partitions, ProcessedObject object) {
        var sections = object.sections().stream()
                .filter(section -> partitions.contains(section.partition()))
                .toList();
        return sections.isEmpty()
                ? List.of()
                : List.of(new ProcessedObject(
                        object.name(), object.organization(), object.bytes(), object.footerOffset(), sections));
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    Cuts toCuts() {
        var unreadable = new ArrayList<UnreadableWrites>();
        var closed = new HashSet<UUID>();
        for (var stretch : stretches) {
            stretch.read().missing().forEach(missing -> unreadable.addAll(unreadable(missing)));
            closed.addAll(stretch.placing().closed());
        }
        return new Cuts(stretches.stream().map(HeldCut::range).toList(), objects, unreadable, closed);
    }

    private static CutRange range(FoldedStretch.Summary stretch) {
        var read = stretch.read();
        var balance = stretch.balance();
        long missing = read.stampSumMissing();
        return new CutRange(
                read.claim().partition(),
                read.incarnation(),
                read.first(),
                read.next(),
                read.claim().epoch(),
                new Balance(balance.in() + missing, balance.live(), balance.folded(), missing));
    }

    /** What each object had of the sum stood in the blob: the first of them is given all of it. */
    private static List<UnreadableWrites> unreadable(SectionContent.Missing missing) {
        var section = missing.section();
        var unreadable = new ArrayList<UnreadableWrites>();
        new TreeMap<ObjectRef, Long>(section.objects())
                .forEach((object, writes) -> unreadable.add(new UnreadableWrites(
                        object,
                        section.blobName(),
                        section.partition(),
                        section.incarnation(),
                        section.first(),
                        section.next(),
                        writes,
                        unreadable.isEmpty() ? section.stampSum() : 0,
                        missing.reason())));
        return unreadable;
    }
}
