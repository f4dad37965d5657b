package io.spanlake.segments.read;

import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.segments.Claim;
import io.spanlake.segments.look.PlannedStretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One partition's part of a cut: every write of the range, in memory.
 *
 * @param writes of each organization that has any
 */
public record ReadStretch(Summary summary, Map<OrganizationId, List<Write>> writes) {
    /**
     * @param next     where the cut ends
     * @param count    of the writes that were read
     * @param bytes    that they take in memory
     * @param stampSum of the writes that were read, as the catalog says
     * @param missing  sections that nobody can read
     */
    public record Summary(
            PlannedStretch planned,
            long next,
            long count,
            long bytes,
            long stampSum,
            List<SectionContent.Missing> missing) {
        public Summary {
            missing = List.copyOf(missing);
        }

        public Claim claim() {
            return planned.claim();
        }

        public int incarnation() {
            return planned.backlog().incarnation();
        }

        public long first() {
            return planned.backlog().first();
        }

        /** What the missing sections held. */
        public long stampSumMissing() {
            return missing.stream()
                    .mapToLong(content -> content.section().stampSum())
                    .sum();
        }

        @Override
        public String toString() {
            return "%s, incarnation %d, [%d, %d)".formatted(claim(), incarnation(), first(), next);
        }
    }

    /** @param contents of the first sections of the backlog, in order */
    static ReadStretch of(PlannedStretch planned, List<SectionContent> contents) {
        var writes = new TreeMap<OrganizationId, List<Write>>();
        var missing = new ArrayList<SectionContent.Missing>();
        long count = 0;
        long bytes = 0;
        long stampSum = 0;
        for (var content : contents) {
            switch (content) {
                case SectionContent.Writes read -> {
                    writes.computeIfAbsent(read.section().organization(), _ -> new ArrayList<>())
                            .addAll(read.writes());
                    count += read.writes().size();
                    bytes += read.bytes();
                    stampSum += read.section().stampSum();
                }
                case SectionContent.Missing lost -> missing.add(lost);
            }
        }
        long next = planned.backlog().nextAfter(contents.size());
        return new ReadStretch(new Summary(planned, next, count, bytes, stampSum, missing), writes);
    }
}
