package io.spanlake.segments.look;

import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.OpenedSegment;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.segments.place.KnownSegments;
import io.spanlake.segments.place.OpenSegment;
import io.spanlake.segments.place.PlacedTrace;
import io.spanlake.segments.place.TraceKey;
import io.spanlake.storage.processed.ProcessedBlobs;
import io.spanlake.storage.processed.ProcessedFooter;
import io.spanlake.storage.processed.ProcessedSection;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Recall} from the catalog, which knows the open segments, and from footers, which know the traces in them. */
public final class FooterRecall implements Recall {
    private static final Logger LOG = LoggerFactory.getLogger(FooterRecall.class);
    /** Minutes of cuts: what is older is rarely gone on with. */
    private static final int BLOBS_MAX = 64;

    private static final int FOOTERS_IN_FLIGHT = 4;

    private final SegmentMemory memory;
    private final ProcessedBlobs blobs;
    private final int tracesMax;

    /** @param tracesMax that are remembered of a partition */
    public FooterRecall(SegmentMemory memory, ProcessedBlobs blobs, int tracesMax) {
        this.memory = memory;
        this.blobs = blobs;
        this.tracesMax = tracesMax;
    }

    @Override
    public Mono<KnownSegments> of(int partition) {
        return Mono.defer(() -> {
            var known = new KnownSegments(tracesMax);
            return memory.open(partition)
                    .doOnNext(open -> open.forEach(segment -> recall(segment, known)))
                    .thenMany(footers(partition))
                    .doOnNext(footer -> recall(footer, partition, known))
                    .then()
                    .onErrorResume(FooterRecall::told)
                    .thenReturn(known);
        });
    }

    private Flux<ProcessedFooter> footers(int partition) {
        return Flux.defer(() -> memory.newest(partition, BLOBS_MAX))
                .flatMapIterable(newest -> newest)
                .flatMapSequential(this::footer, FOOTERS_IN_FLIGHT);
    }

    private Mono<ProcessedFooter> footer(CutBlob blob) {
        return blobs.footer(blob.name(), blob.bytes(), blob.footerOffset())
                .onErrorResume(fault -> FooterRecall.<ProcessedFooter>told(fault));
    }

    private static void recall(OpenedSegment segment, KnownSegments known) {
        known.recall(
                segment.object(),
                new OpenSegment(segment.id(), segment.openedAt(), segment.rows(), segment.rawBytes()));
    }

    private static void recall(ProcessedFooter footer, int partition, KnownSegments known) {
        footer.sections().stream()
                .filter(section -> section.summary().partition() == partition)
                .forEach(section -> recall(section, known));
    }

    private static void recall(ProcessedSection section, KnownSegments known) {
        var bytes = new HashMap<Long, Long>();
        for (var frame : section.frames()) {
            for (var row : frame.rows()) {
                bytes.merge(row.placed() ? row.traceHash() : row.rowHash(), (long) row.length(), Long::sum);
            }
        }
        bytes.forEach((trace, sum) ->
                known.recall(new TraceKey(section.object(), trace), new PlacedTrace(section.segment(), sum, false)));
    }

    private static <T> Mono<T> told(Throwable fault) {
        LOG.warn("Which segments traces had is not remembered: {}", fault.toString());
        return Mono.empty();
    }
}
