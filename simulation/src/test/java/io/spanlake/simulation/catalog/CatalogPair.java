package io.spanlake.simulation.catalog;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.catalog.parts.NewCheckpoint;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.parts.PartTimes;
import io.spanlake.catalog.parts.Swap;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionLease;
import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Two catalogs that are told the same. Ids of rows differ between them; names do not. */
final class CatalogPair {
    private static final int PARTITIONS = 2;
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final CompactionLimits.Merges ANY_TWO =
            new CompactionLimits.Merges(2, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    private static final CompactionLimits ALL_IS_DUE =
            new CompactionLimits(1, 1, Duration.ZERO, Duration.ZERO, 0.2, Duration.ofMinutes(10), ANY_TWO);

    record Catalog(
            WalCommits wal,
            ProcessedCommits cuts,
            ObjectSnapshots snapshots,
            Swaps swaps,
            Sweeps sweeps,
            CompactionWork work) {}

    private final Catalog real;
    private final Catalog model;
    private final RandomGenerator random;
    private final OrganizationId organization = new OrganizationId(new UUID(1, 1));
    private final List<ObjectRef> objects =
            List.of(new ObjectRef(ObjectType.PROJECT_LOGS, "a"), new ObjectRef(ObjectType.EXPERIMENT, "b"));
    private final Map<Integer, Long> walEpochs = new HashMap<>();
    private final Map<Integer, Long> cutEpochs = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Object> answersOfReal = new ArrayList<>();
    private final List<Object> answersOfModel = new ArrayList<>();
    private int fresh;
    private int swapped;

    CatalogPair(Catalog real, Catalog model, RandomGenerator random) {
        this.real = real;
        this.model = model;
        this.random = random;
    }

    List<String> told() {
        return told.subList(Math.max(0, told.size() - 12), told.size());
    }

    int swapped() {
        return swapped;
    }

    void step() {
        answersOfReal.clear();
        answersOfModel.clear();
        switch (random.nextInt(12)) {
            case 0 -> claim();
            case 1, 2, 3, 4 -> flush();
            case 5, 6 -> cut();
            case 7, 8 -> swap();
            case 9 -> sweep();
            case 10 -> work();
            default -> retire();
        }
    }

    Object ofReal() {
        return List.of(List.copyOf(answersOfReal), looks(real));
    }

    Object ofModel() {
        return List.of(List.copyOf(answersOfModel), looks(model));
    }

    /** Tells both, now and then twice, and keeps what they answer, refusals too. */
    private <T> void both(String what, Function<Catalog, T> telling) {
        int times = random.nextInt(4) == 0 ? 2 : 1;
        for (int time = 0; time < times; time++) {
            told.add(what);
            answersOfReal.add(answer(real, telling));
            answersOfModel.add(answer(model, telling));
        }
    }

    private static <T> Object answer(Catalog catalog, Function<Catalog, T> telling) {
        try {
            return telling.apply(catalog);
        } catch (RuntimeException refused) {
            return refused.getClass().getSimpleName();
        }
    }

    // ------------------------------------------------------------------------------------------------------ telling

    private void claim() {
        int partition = random.nextInt(PARTITIONS);
        if (random.nextBoolean()) {
            both("claim " + partition, catalog -> {
                var claimed = Objects.requireNonNull(
                        catalog.wal().claim(Set.of(partition), "pair").block());
                walEpochs.put(
                        partition,
                        Objects.requireNonNull(claimed.get(partition)).epoch());
                return claimed;
            });
        } else {
            both("claim cuts of " + partition, catalog -> {
                var claimed = Objects.requireNonNull(
                        catalog.cuts().claim(Set.of(partition), "pair").block());
                cutEpochs.put(
                        partition,
                        Objects.requireNonNull(claimed.get(partition)).epoch());
                return claimed;
            });
        }
    }

    private String name(String folder, String suffix) {
        var name = "orgs/%s/%s/%05d%s".formatted(organization.value(), folder, fresh++, suffix);
        names.add(name);
        return name;
    }

    private LogOffset walPlace(int partition) {
        var snapshot = look(real, objects.getFirst());
        var position = snapshot.wal().get(partition);
        return position == null ? new LogOffset(1, 0) : new LogOffset(position.incarnation(), position.offset());
    }

    private void flush() {
        var ranges = new ArrayList<FlushedRange>();
        var sections = new ArrayList<WalSection>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            long first = walPlace(partition).offset() + (random.nextInt(6) == 0 ? random.nextInt(3) : 0);
            long epoch = walEpochs.getOrDefault(partition, 1L) - (random.nextInt(6) == 0 ? 1 : 0);
            ranges.add(new FlushedRange(
                    partition,
                    1,
                    first,
                    first + 1 + random.nextInt(4),
                    epoch,
                    BEGIN.plusSeconds(told.size()).plusSeconds(random.nextInt(60))));
            if (random.nextInt(4) > 0) {
                sections.add(new WalSection(partition, 2, random.nextLong(), someObjects()));
            }
        }
        if (ranges.isEmpty()) {
            return;
        }
        var flushed = sections.isEmpty()
                ? List.<WalObject>of()
                : List.of(new WalObject(name("wal", ".wal"), organization, 1_000, 100, sections));
        both("flush " + ranges, catalog -> catalog.wal().commit(ranges, flushed).block());
    }

    private Map<ObjectRef, Long> someObjects() {
        var some = new HashMap<ObjectRef, Long>();
        some.put(objects.get(random.nextInt(objects.size())), 1L);
        some.put(objects.get(random.nextInt(objects.size())), 2L);
        return some;
    }

    private void cut() {
        int partition = random.nextInt(PARTITIONS);
        var place = look(real, objects.getFirst()).processed().getOrDefault(partition, new LogOffset(1, 0));
        int most = 1 + random.nextInt(3);
        var pending = Objects.requireNonNull(
                real.cuts().sectionsAfter(partition, place, most).block());
        both(
                "pending of " + partition,
                catalog -> catalog.cuts().sectionsAfter(partition, place, most).block());
        if (pending.nothing()) {
            return;
        }
        long sum = pending.sections().stream().mapToLong(of -> of.stampSum()).sum();
        long asked = random.nextInt(8) == 0 ? sum + 1 : sum;
        long first = random.nextInt(8) == 0 ? pending.first() + 1 : pending.first();
        long next = random.nextInt(8) == 0 ? pending.end() + 1 : pending.end();
        if (next <= first) {
            return;
        }
        long epoch = cutEpochs.getOrDefault(partition, 1L) - (random.nextInt(8) == 0 ? 1 : 0);
        var blobs = pending.sections().isEmpty()
                ? List.<ProcessedObject>of()
                : List.of(cutBlob(partition, first, next, asked));
        var balance = new Balance(asked, blobs.isEmpty() ? 0 : asked, 0, blobs.isEmpty() ? asked : 0);
        if (!balance.holds() || (blobs.isEmpty() && asked != 0)) {
            return;
        }
        var cuts = Cuts.of(List.of(new CutRange(partition, 1, first, next, epoch, balance)), blobs);
        both("cut " + cuts.ranges(), catalog -> catalog.cuts().commit(cuts).block());
    }

    private ProcessedObject cutBlob(int partition, long first, long next, long sum) {
        long one = random.nextLong();
        return new ProcessedObject(
                name("processed", ".rows"),
                organization,
                1_000,
                100,
                List.of(
                        section(objects.get(0), partition, first, next, one),
                        section(objects.get(1), partition, first, next, sum - one)));
    }

    private ProcessedSection section(ObjectRef object, int partition, long first, long next, long sum) {
        var stamp = new Stamp(TransactionId.of(BEGIN.getEpochSecond() + told.size(), 1), 0);
        return new ProcessedSection(
                new UUID(random.nextLong(), random.nextLong()),
                object,
                partition,
                1,
                first,
                next,
                3,
                100,
                90,
                sum,
                stamp,
                stamp);
    }

    /** Takes some sections and parts for a new part, carries some, kills rows of others; often something is wrong. */
    private void swap() {
        var object = objects.get(random.nextInt(objects.size()));
        var ofReal = look(real, object);
        var ofModel = look(model, object);
        var sections =
                ofReal.sections().stream().filter(_ -> random.nextBoolean()).toList();
        var parts = ofReal.parts().stream().filter(_ -> random.nextInt(3) == 0).toList();
        var dying = ofReal.parts().stream()
                .filter(part -> !parts.contains(part) && random.nextInt(3) == 0 && part.liveRows() > 0)
                .toList();
        if (sections.isEmpty() && parts.isEmpty() && dying.isEmpty()) {
            return;
        }
        var killed = new TreeMap<String, Long>();
        var vectors = new TreeMap<String, String>();
        dying.forEach(part -> {
            killed.put(part.file().name(), random.nextLong());
            vectors.put(part.file().name(), name("parts", ".dv-" + (part.dvVersion() + 1)));
        });
        long in = sections.stream().mapToLong(of -> of.section().stampSum()).sum()
                + parts.stream().mapToLong(LivePart::liveStampSum).sum()
                + killed.values().stream().mapToLong(sum -> sum).sum();
        long wrong = random.nextInt(8) == 0 ? 1 : 0;
        var output = NewPart.of(partFile(in + wrong));
        var checkpoint = new NewCheckpoint(name("checkpoints", ".json.gz"), 10, ofReal.processed());
        long version = random.nextInt(8) == 0 ? ofReal.version() - 1 : ofReal.version();
        var id = new UUID(random.nextLong(), random.nextLong());
        both("swap of %s at %d".formatted(object, version), catalog -> {
            var planned = catalog.equals(real) ? ofReal : ofModel;
            var swap = new Swap(
                    id,
                    organization,
                    object,
                    version,
                    idsOfSections(planned, sections),
                    idsOfParts(planned, parts),
                    List.of(output),
                    List.of(),
                    dying.stream()
                            .map(part -> deaths(named(planned, part), killed, vectors))
                            .toList(),
                    new Balance(in + wrong, in + wrong, 0, 0),
                    checkpoint,
                    Optional.empty());
            var outcome = catalog.swaps().swap(swap).block();
            swapped += outcome instanceof SwapOutcome.Published ? 1 : 0;
            return outcome;
        });
    }

    private PartFile partFile(long sum) {
        var at = TransactionId.of(BEGIN.getEpochSecond(), 1);
        return new PartFile(
                name("parts", ".part"),
                1_000,
                100,
                500,
                new UUID(2, 2),
                random.nextInt(2),
                Optional.empty(),
                6,
                600,
                sum,
                new PartTimes(at, at, at, Optional.empty(), Optional.empty()));
    }

    private Deaths deaths(LivePart part, Map<String, Long> killed, Map<String, String> vectors) {
        long sum = Objects.requireNonNull(killed.get(part.file().name()));
        var vector = new DeletionVector(
                Objects.requireNonNull(vectors.get(part.file().name())),
                20,
                part.file().rows() - part.liveRows() + 1,
                part.dead().map(DeletionVector::stampSum).orElse(0L) + sum);
        return new Deaths(part.id(), part.dvVersion(), vector, 1, sum, Optional.empty());
    }

    private static Set<Long> idsOfSections(ObjectSnapshot snapshot, List<LiveSection> wanted) {
        var ids = new TreeSet<Long>();
        wanted.forEach(section -> snapshot.sections().stream()
                .filter(of -> of.blobName().equals(section.blobName())
                        && of.section().segment().equals(section.section().segment()))
                .forEach(of -> ids.add(of.id())));
        return ids;
    }

    private static Set<Long> idsOfParts(ObjectSnapshot snapshot, List<LivePart> wanted) {
        var ids = new TreeSet<Long>();
        wanted.forEach(part -> ids.add(named(snapshot, part).id()));
        return ids;
    }

    private static LivePart named(ObjectSnapshot snapshot, LivePart part) {
        return snapshot.parts().stream()
                .filter(of -> of.file().name().equals(part.file().name()))
                .findFirst()
                .orElseThrow();
    }

    private void sweep() {
        if (random.nextBoolean()) {
            var due =
                    Objects.requireNonNull(real.sweeps().due(Duration.ZERO, 100).block());
            var some = due.stream()
                    .map(RetiredBlob::name)
                    .filter(_ -> random.nextBoolean())
                    .toList();
            both("swept " + some, catalog -> {
                catalog.sweeps().swept(some).block();
                return Boolean.TRUE;
            });
        } else {
            var some = names.stream().filter(_ -> random.nextInt(12) == 0).toList();
            both(
                    "doom " + some,
                    catalog -> new TreeSet<>(
                            Objects.requireNonNull(catalog.sweeps().doom(some).block())));
        }
    }

    private void retire() {
        var object = objects.get(random.nextInt(objects.size()));
        both(
                "retire log of " + object,
                catalog -> catalog.sweeps().retireLog(object).block());
    }

    private void work() {
        both(
                "work",
                catalog -> Stream.of(CompactionLane.values())
                        .flatMap(lane -> leased(catalog, lane).stream())
                        .map(lease -> returned(catalog, lease))
                        .sorted()
                        .toList());
    }

    private static List<CompactionLease> leased(Catalog catalog, CompactionLane lane) {
        return Objects.requireNonNull(catalog.work()
                .next(lane, "pair", ALL_IS_DUE, Duration.ofHours(1), 5)
                .block());
    }

    private static String returned(Catalog catalog, CompactionLease lease) {
        catalog.work().done(lease, Duration.ZERO).block();
        return lease.object() + " " + lease.reason();
    }

    // ------------------------------------------------------------------------------------------------------ looking

    private static ObjectSnapshot look(Catalog catalog, ObjectRef object) {
        return Objects.requireNonNull(
                catalog.snapshots().snapshot(object, KnownObject.NOTHING).block());
    }

    private Object looks(Catalog catalog) {
        var retired = Objects.requireNonNull(
                catalog.sweeps().due(Duration.ZERO, 1_000).block());
        return List.of(
                objects.stream()
                        .map(object -> withoutIds(look(catalog, object)))
                        .toList(),
                new TreeSet<>(retired.stream().map(RetiredBlob::name).toList()));
    }

    private static Object withoutIds(ObjectSnapshot snapshot) {
        return List.of(
                snapshot.width(),
                snapshot.version(),
                snapshot.whole(),
                snapshot.wal(),
                snapshot.processed(),
                snapshot.walSections(),
                snapshot.sections().stream()
                        .map(of ->
                                List.of(of.blobName(), of.blobBytes(), of.footerOffset(), of.section(), of.carried()))
                        .map(Object::toString)
                        .sorted()
                        .toList(),
                snapshot.parts().stream()
                        .map(of -> List.of(of.file(), of.version(), of.dvVersion(), of.dead()))
                        .map(Object::toString)
                        .sorted()
                        .toList(),
                snapshot.closed(),
                snapshot.processedClosed());
    }
}
