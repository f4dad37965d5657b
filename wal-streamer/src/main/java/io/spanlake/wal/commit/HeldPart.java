package io.spanlake.wal.commit;

import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.WalObject;
import io.spanlake.wal.collect.TakenRange;
import io.spanlake.wal.store.StoredFlush;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a flush may still be committed: its ranges under a claim that is held, and of its objects their sections. */
record HeldPart(List<TakenRange> ranges, List<WalObject> objects) {
    static HeldPart of(StoredFlush stored) {
        var ranges = stored.flush().ranges().stream()
                .filter(range -> range.claim().held())
                .toList();
        var partitions =
                ranges.stream().map(range -> range.claim().partition()).collect(Collectors.toUnmodifiableSet());
        var objects = stored.objects().stream()
                .map(object -> only(partitions, object))
                .filter(Objects::nonNull)
                .toList();
        return new HeldPart(ranges, objects);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** @param clocksDiffer see {@link TakenRange#toFlushedRange} */
    List<FlushedRange> flushedRanges(Duration clocksDiffer) {
        return ranges.stream().map(range -> range.toFlushedRange(clocksDiffer)).toList();
    }

    private static @Nullable WalObject only(Set<Integer> partitions, WalObject object) {
        var sections = object.sections().stream()
                .filter(section -> partitions.contains(section.partition()))
                .toList();
        return sections.isEmpty()
                ? null
                : new WalObject(object.name(), object.organization(), object.bytes(), object.footerOffset(), sections);
    }
}
