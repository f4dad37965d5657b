package io.spanlake.catalog.processed;

import java.util.List;
import reactor.core.publisher.Mono;

/** What a processor remembers of a partition, for one that takes it over. A cache: without it no answer is wrong. */
public interface SegmentMemory {
    /** Segments of the partition that take new traces, in the order in which they were opened. */
    Mono<List<OpenedSegment>> open(int partition);

    /**
     * Blobs with sections that the partition wrote and no swap has taken out, in the order of their commits.
     *
     * @param most so many of the newest
     */
    Mono<List<CutBlob>> newest(int partition, int most);
}
