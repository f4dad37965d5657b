package io.spanlake.catalog.parts;

import io.spanlake.catalog.Gap;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.WalPosition;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One consistent reading of the catalog for one object: every write that is in the log stands in exactly one of WAL
 * sections, processed sections and parts (or was folded, erased or expired).
 *
 * @param width           over how many partitions the object's writes may spread, from its base on
 * @param version         of what is published; each swap of the object adds one, and nothing else does
 * @param whole           whether {@code parts} and {@code sections} are all there are. False where the reader knows
 *                        this version: then its parts are still the parts, and {@code sections} are those that were cut
 *                        past the positions it knows
 * @param wal             every partition of the log, by number
 * @param processed       up to where each partition is cut; one that is missing was never processed
 * @param walSections     of the object past what is processed and past what the reader has read, by partition and offset
 * @param sections        processed sections, by id
 * @param parts           by id
 * @param gaps            of the partitions that this object may use
 * @param unreadable      of this object
 * @param closed          everything before this transaction is in the log, and nothing more will come
 * @param processedClosed everything before this transaction is in processed sections or parts, and nothing more will come
 */
public record ObjectSnapshot(
        ObjectRef object,
        int width,
        long version,
        boolean whole,
        Map<Integer, WalPosition> wal,
        Map<Integer, LogOffset> processed,
        List<SectionRef> walSections,
        List<LiveSection> sections,
        List<LivePart> parts,
        List<Gap> gaps,
        List<ObjectGap> unreadable,
        TransactionId closed,
        TransactionId processedClosed) {
    public ObjectSnapshot {
        wal = Map.copyOf(wal);
        processed = Map.copyOf(processed);
        walSections = List.copyOf(walSections);
        sections = List.copyOf(sections);
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * The transaction before which every write of the object stands in parts or in these processed sections: behind it a
     * swap of them may let tombstones and stamps go. Only of a whole snapshot.
     *
     * @param inputs ids of the sections that a swap takes
     */
    public TransactionId settledBy(Set<Long> inputs) {
        if (!whole) {
            throw new IllegalStateException("not a whole snapshot of " + object);
        }
        return sections.stream()
                .filter(section -> !inputs.contains(section.id()))
                .map(section -> section.section().minStamp().transaction())
                .reduce(processedClosed, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    /** What a next snapshot need not give again, once all of this one was read. */
    public KnownObject known() {
        return new KnownObject(
                version,
                wal.values().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                WalPosition::partition,
                                position -> new LogOffset(position.incarnation(), position.offset()))),
                processed);
    }
}
