package io.spanlake.segments.read;

import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.model.Write;
import io.spanlake.segments.SegmentsMetrics;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.wal.StampSum;
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalFooter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads one section: from its blob; where that is gone or altered, from Kafka; where that has forgotten it, it is missing.
 * Whatever is read has to be exactly what the catalog counts. A store that is merely away is an error, and tried again: it
 * is no reason to give anything up.
 */
final class SectionReader {
    private static final Logger LOG = LoggerFactory.getLogger(SectionReader.class);

    private final WalBlobs blobs;
    private final LogReplay replay;
    private final SegmentsMetrics metrics;

    SectionReader(WalBlobs blobs, LogReplay replay, SegmentsMetrics metrics) {
        this.blobs = blobs;
        this.replay = replay;
        this.metrics = metrics;
    }

    /** @param currentIncarnation of the log in Kafka: of another one nothing can be read there */
    Mono<SectionContent> read(PendingSection section, int currentIncarnation) {
        return fromBlob(section)
                // What was altered on the way to us is right the second time.
                .onErrorResume(SectionReader::isUnreadable, _ -> fromBlob(section))
                .onErrorResume(SectionReader::isUnreadable, fault -> fromKafka(section, currentIncarnation, fault));
    }

    private Mono<SectionContent> fromBlob(PendingSection section) {
        return blobs.footer(section.blobName(), section.blobBytes(), section.footerOffset())
                .flatMapMany(footer -> writes(section, footer))
                .collectList()
                .map(writes -> checked(section, writes));
    }

    private Flux<Write> writes(PendingSection section, WalFooter footer) {
        var found = footer.section(section.partition())
                .filter(of -> of.incarnation() == section.incarnation()
                        && of.first() == section.first()
                        && of.next() == section.next())
                .orElseThrow(() -> new CorruptBlobException("%s has no section [%d, %d) of partition %d, incarnation %d"
                        .formatted(
                                section.blobName(),
                                section.first(),
                                section.next(),
                                section.partition(),
                                section.incarnation())));
        var blocks = found.objects().stream()
                .filter(of -> section.objects().containsKey(of.object()))
                .flatMap(of -> of.blocks().stream())
                .toList();
        return blobs.writes(section.blobName(), blocks);
    }

    private static SectionContent checked(PendingSection section, List<Write> writes) {
        if (!isWhole(section, writes)) {
            throw new CorruptBlobException(
                    "%s: partition %d, [%d, %d) has %d writes, the catalog counts %d; or other ones"
                            .formatted(
                                    section.blobName(),
                                    section.partition(),
                                    section.first(),
                                    section.next(),
                                    writes.size(),
                                    section.writes()));
        }
        return new SectionContent.Writes(section, writes);
    }

    private Mono<SectionContent> fromKafka(PendingSection section, int currentIncarnation, Throwable fault) {
        LOG.error("A section of the log is unreadable and is looked for in Kafka: {}", fault.toString());
        var anew = section.incarnation() == currentIncarnation ? replay.writes(section) : Mono.<List<Write>>empty();
        return anew.map(writes -> ofObjects(section, writes))
                .filter(writes -> isWhole(section, writes))
                .<SectionContent>map(writes -> new SectionContent.Writes(section, writes))
                .doOnNext(_ -> metrics.rebuilt())
                .switchIfEmpty(Mono.fromSupplier(() -> missing(section, fault)));
    }

    private SectionContent missing(PendingSection section, Throwable fault) {
        LOG.error(
                "{} writes of partition {}, [{}, {}) are lost: {} is unreadable, and Kafka has them no more",
                section.writes(),
                section.partition(),
                section.first(),
                section.next(),
                section.blobName());
        return new SectionContent.Missing(section, reason(fault));
    }

    private static List<Write> ofObjects(PendingSection section, List<Write> writes) {
        return writes.stream()
                .filter(write -> section.objects().containsKey(write.object()))
                .toList();
    }

    private static boolean isWhole(PendingSection section, List<Write> writes) {
        return writes.size() == section.writes() && StampSum.of(writes) == section.stampSum();
    }

    /** A version that is not known is no such thing: a newer program reads it. */
    private static boolean isUnreadable(Throwable fault) {
        return fault instanceof BlobNotFoundException || fault instanceof CorruptBlobException;
    }

    private static String reason(Throwable fault) {
        return fault instanceof BlobNotFoundException ? "the blob is gone" : "the blob is not what was written";
    }
}
