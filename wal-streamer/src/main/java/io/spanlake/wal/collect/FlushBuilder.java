package io.spanlake.wal.collect;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.storage.wal.PackedBlock;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.wal.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns records of several partitions into one flush: a range per partition, per organization a section of each. */
final class FlushBuilder {
    private final List<TakenRange> ranges = new ArrayList<>();
    private final Map<OrganizationId, List<SectionWrites>> sections = new TreeMap<>();
    private final List<UnreadableRecord> unreadable = new ArrayList<>();

    /** @param records consecutive ones, at least one */
    void add(Claim claim, List<WaitingRecord> records) {
        var range = rangeOf(claim, records);
        ranges.add(range);
        var taken = new TreeMap<OrganizationId, Taken>();
        for (var waiting : records) {
            switch (waiting.content()) {
                case RecordContent.Writes content -> {
                    if (!content.isEmpty()) {
                        taken.computeIfAbsent(content.organization(), _ -> new Taken())
                                .add(content);
                    }
                }
                case RecordContent.Unreadable content ->
                    unreadable.add(
                            new UnreadableRecord(claim, waiting.record().offset(), content.value(), content.reason()));
            }
        }
        taken.forEach((organization, of) ->
                sections.computeIfAbsent(organization, _ -> new ArrayList<>()).add(of.section(range)));
    }

    /** What one organization has in a range. */
    private static final class Taken {
        private final List<Write> writes = new ArrayList<>();
        private final List<PackedBlock> packed = new ArrayList<>();

        void add(RecordContent.Writes content) {
            writes.addAll(content.writes());
            packed.addAll(content.packed());
        }

        SectionWrites section(TakenRange range) {
            var claim = range.claim();
            return new SectionWrites(
                    claim.partition(), claim.incarnation(), range.first(), range.next(), writes, packed);
        }
    }

    Flush build() {
        var organizations = sections.entrySet().stream()
                .map(entry -> new OrganizationWrites(entry.getKey(), entry.getValue()))
                .toList();
        return new Flush(ranges, organizations, unreadable);
    }

    private static TakenRange rangeOf(Claim claim, List<WaitingRecord> records) {
        var first = records.getFirst().record();
        var last = records.getLast().record();
        long bytes =
                records.stream().mapToLong(waiting -> waiting.record().bytes()).sum();
        return new TakenRange(claim, first.offset(), last.offset() + 1, first.appendTime(), last.appendTime(), bytes);
    }
}
