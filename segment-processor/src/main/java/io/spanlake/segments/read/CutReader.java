package io.spanlake.segments.read;

import io.spanlake.segments.Claim;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.segments.look.Cut;
import io.spanlake.segments.look.PlannedStretch;
import io.spanlake.storage.wal.WalBlobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads a cut, partition by partition, section by section, until there is no room: the first partition gets at least one
 * range, the others what is left. What is not read is cut the next time.
 */
public final class CutReader {
    private static final Logger LOG = LoggerFactory.getLogger(CutReader.class);
    /** Each holds one section: at most a flush of one organization. */
    private static final int READS_IN_FLIGHT = 4;

    private final SectionReader sections;
    private final long bytesMax;
    private final InstantSource clock;
    private final SegmentsMetrics metrics;

    /** @param bytesMax in memory, of all partitions; what is read ahead comes on top */
    public CutReader(WalBlobs blobs, LogReplay replay, long bytesMax, InstantSource clock, SegmentsMetrics metrics) {
        this.sections = new SectionReader(blobs, replay, metrics);
        this.bytesMax = bytesMax;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Never an error: a partition that cannot be read now keeps the others from nothing. */
    public Mono<ReadCut> read(Cut cut) {
        return Mono.defer(() -> {
            var reading = new Reading();
            return Flux.fromIterable(cut.stretches())
                    .concatMap(stretch -> reading.isFull() ? Mono.empty() : read(stretch, reading), 1)
                    .then(Mono.fromSupplier(reading::done));
        });
    }

    private record Ordered(int index, SectionContent content) {}

    private Mono<Void> read(PlannedStretch stretch, Reading reading) {
        var backlog = stretch.backlog();
        var room = new Room(bytesMax - reading.bytes);
        return Flux.fromStream(IntStream.range(0, backlog.sections().size()).boxed())
                .flatMapSequential(index -> read(stretch, index), READS_IN_FLIGHT, 1)
                .takeUntil(read -> room.isFullWith(read.content()) && backlog.mayEndAfter(read.index()))
                .map(Ordered::content)
                .collectList()
                .doOnNext(contents -> reading.add(ReadStretch.of(stretch, contents)))
                .onErrorResume(fault -> failed(stretch.claim(), fault, reading))
                .then();
    }

    private Mono<Ordered> read(PlannedStretch stretch, int index) {
        return sections.read(stretch.backlog().sections().get(index), stretch.currentIncarnation())
                .map(content -> new Ordered(index, content));
    }

    private static Mono<List<SectionContent>> failed(Claim claim, Throwable fault, Reading reading) {
        LOG.warn("{}: the log cannot be read now, tried again: {}", claim, fault.toString());
        reading.failed.add(claim);
        return Mono.empty();
    }

    /** What a partition may still take. Not thread-safe: sections come one after another. */
    private static final class Room {
        private long left;

        Room(long bytes) {
            left = bytes;
        }

        boolean isFullWith(SectionContent content) {
            left -= content instanceof SectionContent.Writes read ? read.bytes() : 0;
            return left <= 0;
        }
    }

    /** What was read so far. Not thread-safe: partitions come one after another. */
    private final class Reading {
        private final List<ReadStretch> stretches = new ArrayList<>();
        private final List<Claim> failed = new ArrayList<>();
        private final Instant began = clock.instant();
        private long bytes;

        boolean isFull() {
            return bytes >= bytesMax;
        }

        void add(ReadStretch stretch) {
            stretches.add(stretch);
            bytes += stretch.summary().bytes();
        }

        ReadCut done() {
            metrics.read(Duration.between(began, clock.instant()), bytes);
            return new ReadCut(stretches, failed);
        }
    }
}
