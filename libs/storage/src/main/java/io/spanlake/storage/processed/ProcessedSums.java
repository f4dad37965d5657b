package io.spanlake.storage.processed;

import io.spanlake.model.Stamp;
import io.spanlake.storage.wal.StampSum;
import java.util.List;

/** Counts, stamps and sums that follow from the rows: the writer states them, the reader computes them again. */
final class ProcessedSums {
    private ProcessedSums() {}

    /**
     * The summary with all that its frames tell in place of what it says.
     *
     * @param frames at least one, each with at least one row
     */
    static ProcessedSectionSummary of(ProcessedSectionSummary range, List<FrameRef> frames) {
        long objectHash = StampSum.hashOf(range.object());
        long rows = 0;
        long rawBytes = 0;
        long stampSum = 0;
        Stamp min = frames.getFirst().rows().getFirst().writes().getFirst().stamp();
        Stamp max = min;
        for (var frame : frames) {
            rows += frame.rows().size();
            rawBytes += frame.uncompressedBytes();
            for (var row : frame.rows()) {
                min = earlier(min, row.writes().getFirst().stamp());
                max = earlier(max, row.last()).equals(max) ? row.last() : max;
                for (var write : row.writes()) {
                    stampSum += StampSum.term(objectHash, row.rowHash(), write.stamp());
                }
            }
        }
        long offset = frames.getFirst().offset();
        return new ProcessedSectionSummary(
                range.segment(),
                range.object(),
                range.partition(),
                range.incarnation(),
                range.first(),
                range.next(),
                rows,
                rawBytes,
                stampSum,
                min,
                max,
                offset,
                frames.getLast().end() - offset);
    }

    private static Stamp earlier(Stamp a, Stamp b) {
        return b.compareTo(a) < 0 ? b : a;
    }
}
