package io.spanlake.query.audit;

import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LoggedSections;
import io.spanlake.catalog.parts.LoggedSections.Logged;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.work.Erasures;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.query.audit.Sample.Sampled;
import io.spanlake.storage.wal.BlockRef;
import io.spanlake.storage.wal.ObjectBlocks;
import io.spanlake.storage.wal.WalBlobs;
import io.spanlake.storage.wal.WalFooter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Follows writes from the log to where they live now, while everything runs:
 *
 * <ol>
 *   <li>takes some sections of the log by chance, such as were cut already and such as were not, and of each one object;
 *   <li>reads some writes of it, and then what the catalog says is live: a write that was read before stands there;
 *   <li>looks for each in the log, in processed sections and in parts: it has to live in one place;
 *   <li>what lives nowhere needs a reason: a later delete of its row, an erasure, a retention, a gap that the catalog tells of.
 * </ol>
 *
 * <p>What one section costs is bounded, but for its object's processed sections of the same offsets. Thread-safe.
 */
public final class Auditor {
    /** Of one section: of an object that has more, those of some block. */
    private static final int WRITES_MAX = 200;

    /** Sections in which a delete is looked for, of whatever lives nowhere. */
    private static final int SECTIONS_OF_DELETES_MAX = 5_000;

    private static final int SNAPSHOTS_MAX = 5;
    /** By which the time of a transaction may differ from the catalog's. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final LoggedSections sections;
    private final ObjectSnapshots snapshots;
    private final Directory directory;
    private final Retentions retentions;
    private final Erasures erasures;
    private final WalBlobs wal;
    private final LivePlaces places;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Scheduler work;

    /**
     * @param store  not through a cache: what is proven is what is stored
     * @param decode bounded, for CPU work of the readers
     * @param work   bounded; an audit takes one thread of it, which blocks
     */
    public Auditor(
            LoggedSections sections,
            ObjectSnapshots snapshots,
            Directory directory,
            Retentions retentions,
            Erasures erasures,
            BlobStore store,
            InstantSource clock,
            RandomGenerator chance,
            Scheduler decode,
            Scheduler work) {
        this.sections = sections;
        this.snapshots = snapshots;
        this.directory = directory;
        this.retentions = retentions;
        this.erasures = erasures;
        this.wal = new WalBlobs(store, decode);
        this.places = new LivePlaces(store, decode);
        this.clock = clock;
        this.chance = chance;
        this.work = work;
    }

    /** What became of writes of so many sections; less where the log has less. A section that was swept meanwhile is left out. */
    public Flux<Audited> audit(int most) {
        return sections.some(most).flatMapIterable(some -> some).concatMap(this::audit, 1);
    }

    private Mono<Audited> audit(Logged logged) {
        return Mono.fromCallable(() -> auditNow(logged))
                .subscribeOn(work)
                .retryWhen(Retry.max(SNAPSHOTS_MAX - 1)
                        .filter(BlobNotFoundException.class::isInstance)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()))
                .onErrorResume(
                        BlobNotFoundException.class, gone -> isGone(logged, gone) ? Mono.empty() : Mono.error(gone));
    }

    private static boolean isGone(Logged logged, BlobNotFoundException gone) {
        return gone.blobName().equals(logged.section().blobName());
    }

    private Audited auditNow(Logged logged) {
        var section = logged.section();
        var footer = footer(logged);
        var ofPartition = footer.section(section.partition()).orElseThrow();
        var object =
                ofPartition.objects().get(chance.nextInt(ofPartition.objects().size()));
        var sample = new Sample(object.object(), writes(logged, object.blocks()));
        var snapshot = Objects.requireNonNull(
                snapshots.snapshot(object.object(), KnownObject.NOTHING).block());
        places.find(sample, section, snapshot);
        boolean allDeletesSeen =
                sample.unexplained().isEmpty() || (lookForDeletes(sample, logged) && isOfOneObject(footer));
        return report(sample, logged, new Reasons(keeps(sample), erased(sample), allDeletesSeen));
    }

    /**
     * Why a write may be nowhere.
     *
     * @param keeps          how long rows of the project are kept; not asked for where nothing is unexplained
     * @param erased         rows all of whose versions go, and until when what is written goes; as little
     * @param allDeletesSeen whether a delete that nobody knows of could not have ended it
     */
    private record Reasons(Optional<Duration> keeps, Map<String, Instant> erased, boolean allDeletesSeen) {}

    private Optional<Duration> keeps(Sample sample) {
        return sample.unexplained().isEmpty() ? Optional.empty() : retention(sample.object());
    }

    private Map<String, Instant> erased(Sample sample) {
        return sample.unexplained().isEmpty()
                ? Map.of()
                : Objects.requireNonNull(erasures.askedLately(sample.object()).block());
    }

    private WalFooter footer(Logged logged) {
        var section = logged.section();
        return Objects.requireNonNull(wal.footer(section.blobName(), section.blobBytes(), section.footerOffset())
                .block());
    }

    private List<Write> writes(Logged logged, List<BlockRef> blocks) {
        var block = blocks.get(chance.nextInt(blocks.size()));
        return Objects.requireNonNull(wal.writes(logged.section().blobName(), List.of(block))
                .take(WRITES_MAX)
                .collectList()
                .block());
    }

    /**
     * A delete that has done its work is nowhere but in the log, which keeps it for as long as what it ended, where that has a blob
     * for itself: a blob of several objects waits for all of them, and may be there when the delete's is not.
     */
    private static boolean isOfOneObject(WalFooter footer) {
        return footer.sections().stream()
                        .flatMap(section -> section.objects().stream())
                        .map(ObjectBlocks::object)
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether all that is in the log was looked at. */
    private boolean lookForDeletes(Sample sample, Logged logged) {
        var all = Objects.requireNonNull(
                sections.of(logged.organization(), SECTIONS_OF_DELETES_MAX).block());
        for (var other : all) {
            try {
                footer(other).sections().stream()
                        .flatMap(section -> section.blocksOf(sample.object()).stream())
                        .flatMap(blocks -> blocks.blocks().stream())
                        .flatMap(block -> block.writes().stream())
                        .filter(write -> write.kind() == WriteKind.DELETE)
                        .forEach(write -> sample.deleted(write.rowHash(), write.stamp()));
            } catch (BlobNotFoundException swept) {
                // It was retired before the section that is looked at.
            }
            if (sample.unexplained().isEmpty()) {
                return true;
            }
        }
        return all.size() < SECTIONS_OF_DELETES_MAX;
    }

    private Audited report(Sample sample, Logged logged, Reasons reasons) {
        var fates = new EnumMap<Fate, Integer>(Fate.class);
        var faults = new ArrayList<String>();
        for (var sampled : sample.all()) {
            var fate = fate(sampled, reasons);
            fates.merge(fate, 1, Integer::sum);
            if (fate.isFault()) {
                faults.add(words(sampled, fate, logged));
            }
        }
        return new Audited(logged.section(), sample.object(), fates, faults);
    }

    private Fate fate(Sampled sampled, Reasons reasons) {
        if (sampled.places == 1) {
            return sampled.place;
        }
        if (sampled.places > 1) {
            return Fate.DOUBLED;
        }
        if (sampled.isExplainedByDelete()) {
            return Fate.DELETED;
        }
        if (isErased(sampled.write, reasons.erased())) {
            return Fate.ERASED;
        }
        if (reasons.keeps().filter(time -> isOlder(sampled.write, time)).isPresent()) {
            return Fate.EXPIRED;
        }
        // A retention takes rows by their first write, so a late one goes with it. A living row remembers its last
        // delete.
        return reasons.keeps().isEmpty() && (sampled.rowLives || reasons.allDeletesSeen())
                ? Fate.LOST
                : Fate.UNEXPLAINED;
    }

    private static boolean isErased(Write write, Map<String, Instant> erased) {
        return Optional.ofNullable(erased.get(write.rowId()))
                .filter(until -> write.stamp().transaction().time().isBefore(until.plus(CLOCKS)))
                .isPresent();
    }

    private Optional<Duration> retention(ObjectRef object) {
        return Objects.requireNonNull(directory
                .ownerOf(object)
                .flatMap(owner ->
                        owner.map(known -> retentions.of(known.project())).orElseGet(() -> Mono.just(Optional.empty())))
                .block());
    }

    private boolean isOlder(Write write, Duration time) {
        return write.stamp().transaction().time().plus(time).isBefore(clock.instant());
    }

    /** Ids are the client's own text: the hash finds the row in footers, and tells nothing. */
    private static String words(Sampled sampled, Fate fate, Logged logged) {
        var write = sampled.write;
        return "%s: a write of transaction %s, position %d, to the row of hash %016x of %s, from %s, partition %d, lives in %d places"
                .formatted(
                        fate,
                        write.stamp().transaction().value(),
                        write.stamp().position(),
                        sampled.rowHash(),
                        write.object(),
                        logged.section().blobName(),
                        logged.section().partition(),
                        sampled.places);
    }
}
