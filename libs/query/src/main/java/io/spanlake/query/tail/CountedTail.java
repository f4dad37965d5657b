package io.spanlake.query.tail;

/** What a tail counts. */
public final class CountedTail {
    private final TailCounts counts;
    private final long[] traceHashes;

    CountedTail(TailCounts counts, long[] traceHashes) {
        this.counts = counts;
        this.traceHashes = traceHashes;
    }

    public TailCounts counts() {
        return counts;
    }

    /** {@code Placement.hash} of each trace that was counted; empty where there are no parts that may have it too. */
    public long[] traceHashes() {
        return traceHashes;
    }
}
