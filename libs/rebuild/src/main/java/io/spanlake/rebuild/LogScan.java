package io.spanlake.rebuild;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.rebuild.LoggedSection;
import io.spanlake.catalog.rebuild.LoggedSection.LoggedWrites;
import io.spanlake.storage.container.BlobFormatException;
import io.spanlake.storage.wal.ObjectBlocks;
import io.spanlake.storage.wal.StampSum;
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalFooter;
import io.spanlake.storage.wal.WalSectionFooter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads the footer of every WAL object. One that cannot be read is said; what it had cannot be known. */
final class LogScan {
    private static final Pattern NAME = Pattern.compile("orgs/[^/]+/wal/.+\\.wal");
    private static final int FOOTERS_AT_A_TIME = 16;

    private final WalBlobs blobs;

    LogScan(BlobStore store, Scheduler decode) {
        this.blobs = new WalBlobs(store, decode);
    }

    Mono<Scanned<LoggedSection>> read(List<BlobEntry> all) {
        var problems = new ConcurrentLinkedQueue<String>();
        return Flux.fromIterable(all)
                .filter(blob -> NAME.matcher(blob.name().value()).matches())
                .flatMap(blob -> sections(blob, problems), FOOTERS_AT_A_TIME)
                .collectList()
                .map(found -> new Scanned<>(found, List.copyOf(problems)));
    }

    private Flux<LoggedSection> sections(BlobEntry blob, Queue<String> problems) {
        return blobs.footer(blob.name().value(), blob.bytes())
                .flatMapIterable(footer -> footer.sections().stream()
                        .filter(section -> !section.objects().isEmpty())
                        .map(section -> logged(blob, footer, section))
                        .toList())
                .onErrorResume(BlobFormatException.class, unreadable -> {
                    problems.add("not in the log, its writes are missing: " + unreadable.getMessage());
                    return Flux.empty();
                });
    }

    private static LoggedSection logged(BlobEntry blob, WalFooter footer, WalSectionFooter section) {
        var objects = section.objects().stream()
                .collect(Collectors.toMap(
                        ObjectBlocks::object, blocks -> new LoggedWrites(blocks.writes(), stampSum(blocks))));
        return new LoggedSection(
                blob.name().value(),
                footer.organization(),
                footer.blobBytes(),
                footer.footerOffset(),
                blob.createdAt(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next(),
                objects);
    }

    private static long stampSum(ObjectBlocks object) {
        long object64 = StampSum.hashOf(object.object());
        return object.blocks().stream()
                .flatMap(block -> block.writes().stream())
                .mapToLong(write -> StampSum.term(object64, write.rowHash(), write.stamp()))
                .sum();
    }
}
