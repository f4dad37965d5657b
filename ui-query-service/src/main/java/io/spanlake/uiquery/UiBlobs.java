package io.spanlake.uiquery;

import io.micrometer.core.instrument.MeterRegistry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartStretches;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.tail.TailBlobs;

/**
 * What is read of blobs, through one cache.
 *
 * @param states rows, wherever they lie
 */
record UiBlobs(TailBlobs states, OpenParts parts, PartReads partReads, TraceCounts traceCounts) {
    /** One of so many parts of the heap for blocks is for traces of parts. */
    private static final int TRACES_SHARE = 8;

    /** The log and processed sections share one bound, parts have another. */
    private static final int TAIL_LAYERS = 2;

    static UiBlobs of(
            BlobStore store, UiQueryProperties properties, UiQuerySchedulers schedulers, MeterRegistry registry) {
        long blockBytes = properties.blockBytes().toBytes();
        var stretches = new PartStretches(blockBytes, registry);
        return new UiBlobs(
                new TailBlobs(store, schedulers.decode(), blockBytes / TAIL_LAYERS, stretches, registry),
                new OpenParts(store, schedulers.decode()),
                new PartReads(stretches, schedulers.search()),
                new TraceCounts(blockBytes / TRACES_SHARE, registry));
    }
}
