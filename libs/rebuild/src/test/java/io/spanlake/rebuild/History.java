package io.spanlake.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.Balance;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSection;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.parts.CheckpointCodec;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.DeletionVector;
import io.spanlake.catalog.parts.KnownObject;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.NewCheckpoint;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.parts.ObjectSnapshot;
import io.spanlake.catalog.parts.PartFile;
import io.spanlake.catalog.parts.PartTimes;
import io.spanlake.catalog.parts.SwapChange;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.catalog.processed.ProcessedSection;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.storage.wal.SectionWrites;
import io.spanlake.storage.wal.WalBlobNames;
import io.spanlake.storage.wal.WalEncoding;
import io.spanlake.storage.wal.WalObjectWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/**
 * A random life of two objects of two organizations in two partitions: flushes, cuts, swaps and sweeps that are made, and
 * such of zombies that only leave blobs behind. WAL objects and checkpoints are real; of other blobs only names and lengths
 * matter, and what they hold is kept beside.
 */
final class History {
    static final int PARTITIONS = 2;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** @param write as {@link Contents} names it */
    private record Logged(int object, String write) {}

    private final BlobStore store;
    private final Random random;
    private final OrganizationId[] organizations = {
        new OrganizationId(new UUID(1, 1)), new OrganizationId(new UUID(1, 2))
    };
    final ObjectRef[] objects = {
        new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(2, 1).toString()),
        new ObjectRef(ObjectType.DATASET, "set of /ours")
    };
    private final List<List<Logged>> topic = new ArrayList<>();
    private final Map<String, Set<String>> held = new HashMap<>();
    private final Map<Integer, WalPosition> streaming = new HashMap<>();
    private final Map<Integer, ProcessedPosition> processing = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private Database database;
    private int writes;
    int swapped;
    int abandoned;

    History(BlobStore store, Database database, Random random) {
        this.store = store;
        this.database = database;
        this.random = random;
        IntStream.range(0, PARTITIONS).forEach(_ -> topic.add(new ArrayList<>()));
        claim();
    }

    /** Goes on with another catalog, from where it says. */
    void goOnWith(Database other) {
        database = other;
        claim();
    }

    private void claim() {
        var all = IntStream.range(0, PARTITIONS).boxed().toList();
        streaming.putAll(await(database.wal.claim(all, "streamer")));
        processing.putAll(await(database.processed.claim(all, "processor")));
    }

    void step() {
        int partition = random.nextInt(PARTITIONS);
        int object = random.nextInt(objects.length);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> append();
            case 3, 4 -> flush(partition);
            case 5 -> zombieFlush(partition);
            case 6, 7 -> cut(partition);
            case 8 -> swap(object, true);
            case 9 -> swap(object, random.nextBoolean());
            case 10 -> sweep();
            default -> orphan();
        }
    }

    /** A delete comes after its write was flushed: as a client that read the row sends it. */
    private void append() {
        int object = random.nextInt(objects.length);
        var log = topic.get(random.nextInt(PARTITIONS));
        for (int i = random.nextInt(6); i >= 0; i--) {
            log.add(new Logged(object, "w" + writes++));
        }
        var visible = visible(database, object);
        if (!visible.isEmpty() && random.nextInt(3) == 0) {
            String chosen = visible.stream()
                    .sorted()
                    .skip(random.nextInt(visible.size()))
                    .findFirst()
                    .orElseThrow();
            if (deleted.add(chosen)) {
                topic.get(random.nextInt(PARTITIONS)).add(new Logged(object, Contents.deleteOf(chosen)));
            }
        }
    }

    void flush(int partition) {
        var position = Objects.requireNonNull(streaming.get(partition));
        long end = topic.get(partition).size();
        if (position.offset() == end) {
            return;
        }
        long next = position.offset() + 1 + random.nextInt((int) (end - position.offset()));
        flush(partition, position, next);
    }

    void flushAll() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var position = Objects.requireNonNull(streaming.get(partition));
            if (position.offset() < topic.get(partition).size()) {
                flush(partition, position, topic.get(partition).size());
            }
        }
    }

    private void flush(int partition, WalPosition position, long next) {
        var blobs = new ArrayList<WalObject>();
        for (int object = 0; object < objects.length; object++) {
            putWal(object, partition, position.offset(), next).ifPresent(blobs::add);
        }
        var range = new FlushedRange(partition, 1, position.offset(), next, position.epoch(), NOW);
        assertThat(await(database.wal.commit(List.of(range), blobs)).committed())
                .containsExactly(partition);
        streaming.put(partition, new WalPosition(partition, 1, next, position.epoch(), Optional.empty()));
    }

    /** Of what is flushed already, in other ranges, and of one organization alone. */
    private void zombieFlush(int partition) {
        long end = Objects.requireNonNull(streaming.get(partition)).offset();
        if (end > 1) {
            long first = random.nextInt((int) end - 1);
            putWal(random.nextInt(objects.length), partition, first, first + 1 + random.nextInt((int) (end - first)));
        }
    }

    private Optional<WalObject> putWal(int object, int partition, long first, long next) {
        var sent = topic.get(partition).subList((int) first, (int) next).stream()
                .filter(record -> record.object() == object)
                .map(record -> write(object, record.write()))
                .toList();
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        var encoded = WalObjectWriter.encode(
                organizations[object],
                List.of(new SectionWrites(partition, 1, first, next, sent)),
                WalEncoding.DEFAULT);
        var name = WalBlobNames.fresh(organizations[object], NOW, random);
        store.putIfAbsent(name, encoded.parts()).block();
        var section = encoded.sections().getFirst();
        return Optional.of(new WalObject(
                name.value(),
                organizations[object],
                encoded.bytes(),
                encoded.footerOffset(),
                List.of(new WalSection(partition, section.writes(), section.stampSum(), section.objects()))));
    }

    private Write write(int object, String write) {
        boolean full = write.charAt(0) == 'w';
        return new Write(
                objects[object],
                Contents.rowOf(write),
                full ? Optional.of("trace") : Optional.empty(),
                Contents.stamp(write),
                full ? WriteKind.FULL : WriteKind.DELETE,
                ByteSlice.ofUtf8("{}"));
    }

    void cut(int partition) {
        var position = Objects.requireNonNull(processing.get(partition));
        var pending = await(database.processed.sectionsAfter(partition, position.offset(), 1 + random.nextInt(3)));
        if (pending.nothing()) {
            return;
        }
        var sums = new ArrayList<Long>();
        var blobs = new ArrayList<ProcessedObject>();
        for (int object = 0; object < objects.length; object++) {
            int of = object;
            var writes = pending.sections().stream()
                    .filter(section -> section.objects().containsKey(objects[of]))
                    .flatMap(section -> inLog(of, partition, section.first(), section.next()).stream())
                    .toList();
            if (!writes.isEmpty()) {
                sums.add(Contents.sum(objects[object], writes));
                blobs.add(putProcessed(object, partition, pending.first(), pending.end(), Contents.folded(writes)));
            }
        }
        long in = sums.stream().mapToLong(Long::longValue).sum();
        long live = blobs.stream()
                .flatMap(blob -> blob.sections().stream())
                .mapToLong(ProcessedSection::stampSum)
                .sum();
        var range = new CutRange(
                partition, 1, pending.first(), pending.end(), position.epoch(), new Balance(in, live, in - live, 0));
        if (random.nextInt(5) == 0) {
            return; // It died before its commit.
        }
        assertThat(await(database.processed.commit(Cuts.of(List.of(range), blobs)))
                        .committed())
                .containsExactly(partition);
        processing.put(
                partition,
                new ProcessedPosition(
                        partition, new io.spanlake.catalog.LogOffset(1, pending.end()), position.epoch()));
    }

    private List<String> inLog(int object, int partition, long first, long next) {
        return topic.get(partition).subList((int) first, (int) next).stream()
                .filter(record -> record.object() == object)
                .map(Logged::write)
                .toList();
    }

    private ProcessedObject putProcessed(int object, int partition, long first, long next, Set<String> writes) {
        String name = put(object, "processed", ".rows", 60, writes);
        var stamps = writes.stream().map(Contents::stamp).sorted().toList();
        var section = new ProcessedSection(
                new UUID(5, partition),
                objects[object],
                partition,
                1,
                first,
                next,
                writes.size(),
                100,
                40,
                Contents.sum(objects[object], writes),
                stamps.getFirst(),
                stamps.getLast());
        return new ProcessedObject(name, organizations[object], 60, 40, List.of(section));
    }

    private String put(int object, String folder, String extension, int bytes, Set<String> writes) {
        String name = "%s%s/%08x%s".formatted(organizations[object].blobPrefix(), folder, random.nextInt(), extension);
        store.putIfAbsent(new BlobName(name), List.of(ByteSlice.of(new byte[bytes])))
                .block();
        held.put(name, Set.copyOf(writes));
        return name;
    }

    /** Each object ends with a swap that was not made and one that was, of the same version, whose inputs are swept. */
    void endWithRivals() {
        for (int object = 0; object < objects.length; object++) {
            swap(object, false);
            flushAll();
            IntStream.range(0, PARTITIONS).forEach(this::cut);
            swap(object, true);
        }
        for (int i = 0; i < 50; i++) {
            sweep();
        }
    }

    /** @param made whether it gets to its commit; else it leaves all or some of its blobs behind */
    void swap(int object, boolean made) {
        var planned = snapshot(database, object);
        var sections =
                planned.sections().stream().filter(_ -> random.nextInt(4) > 0).toList();
        var merged =
                planned.parts().stream().filter(_ -> random.nextInt(4) == 0).toList();
        if (sections.isEmpty() && merged.isEmpty()) {
            return;
        }
        new Swapping(object, planned, Set.copyOf(merged))
                .run(sections.stream().map(section -> section.id()).collect(Collectors.toSet()), made);
    }

    private final class Swapping {
        private final int object;
        private final ObjectSnapshot planned;
        private final Set<LivePart> merged;
        private long in;

        Swapping(int object, ObjectSnapshot planned, Set<LivePart> merged) {
            this.object = object;
            this.planned = planned;
            this.merged = merged;
        }

        void run(Set<Long> sections, boolean made) {
            var writes = new HashSet<String>();
            for (var section : planned.sections()) {
                if (sections.contains(section.id())) {
                    writes.addAll(heldBy(section.blobName()));
                    in += section.section().stampSum();
                }
            }
            merged.forEach(part -> {
                writes.addAll(live(part));
                in += part.liveStampSum();
            });
            var deaths = new ArrayList<Deaths>();
            planned.parts().stream().filter(part -> !merged.contains(part)).forEach(part -> kill(part, writes, deaths));
            var folded = Contents.folded(writes);
            var rows = folded.stream().filter(write -> write.charAt(0) == 'w').collect(Collectors.toSet());
            var deletes =
                    folded.stream().filter(write -> write.charAt(0) == 'd').collect(Collectors.toSet());
            boolean settled = planned.walSections().isEmpty()
                    && sections.size() == planned.sections().size()
                    && allFlushed();
            var change = new SwapChange(
                    sections,
                    merged.stream().map(LivePart::id).collect(Collectors.toSet()),
                    rows.isEmpty() ? List.of() : List.of(part(rows)),
                    settled || deletes.isEmpty() ? List.of() : List.of(putProcessed(object, 0, 0, 1, deletes)),
                    deaths);
            publish(change, made);
        }

        private void kill(LivePart part, Set<String> writes, List<Deaths> deaths) {
            var dying = live(part).stream()
                    .filter(write -> writes.contains(Contents.deleteOf(write)))
                    .collect(Collectors.toSet());
            if (dying.isEmpty()) {
                return;
            }
            var dead = new HashSet<>(dying);
            part.dead().ifPresent(before -> dead.addAll(heldBy(before.name())));
            var vector = new DeletionVector(
                    put(object, "parts", ".dv-" + (part.dvVersion() + 1), 7, dead),
                    7,
                    dead.size(),
                    Contents.sum(objects[object], dead));
            long sum = Contents.sum(objects[object], dying);
            in += sum;
            deaths.add(new Deaths(part.id(), part.dvVersion(), vector, dying.size(), sum, Optional.empty()));
        }

        private NewPart part(Set<String> rows) {
            var times = new PartTimes(first(rows), last(rows), last(rows), Optional.empty(), Optional.of(NOW));
            String name = put(object, "parts", ".part", 20, rows);
            String orc = name.replace(".part", ".orc");
            store.putIfAbsent(new BlobName(orc), List.of(ByteSlice.of(new byte[5])))
                    .block();
            var file = new PartFile(
                    name,
                    20,
                    10,
                    5,
                    new UUID(3, 3),
                    1,
                    Optional.empty(),
                    rows.size(),
                    99,
                    Contents.sum(objects[object], rows),
                    times);
            return NewPart.of(file);
        }

        private void publish(SwapChange change, boolean made) {
            var checkpoint = Checkpoint.after(organizations[object], planned, change);
            var id = new UUID(random.nextLong(), random.nextLong());
            var bytes = CheckpointCodec.encode(checkpoint);
            var named = new NewCheckpoint(CheckpointNames.of(checkpoint, id), bytes.length(), checkpoint.floors());
            if (made || random.nextBoolean()) {
                store.putIfAbsent(new BlobName(named.name()), List.of(bytes)).block();
            }
            if (!made) {
                abandoned++;
                return;
            }
            long live =
                    change.outputs().stream().mapToLong(NewPart::liveStampSum).sum()
                            + change.carried().stream()
                                    .flatMap(blob -> blob.sections().stream())
                                    .mapToLong(ProcessedSection::stampSum)
                                    .sum();
            var balance = new Balance(in, live, in - live, 0);
            assertThat(await(database.swaps.swap(
                            change.swap(id, organizations[object], planned, balance, named, Optional.empty()))))
                    .isInstanceOf(SwapOutcome.Published.class);
            await(database.sweeps.retireLog(objects[object]));
            swapped++;
        }
    }

    private static io.spanlake.model.TransactionId first(Collection<String> rows) {
        return rows.stream()
                .map(Contents::stamp)
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .transaction();
    }

    private static io.spanlake.model.TransactionId last(Collection<String> rows) {
        return rows.stream()
                .map(Contents::stamp)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .transaction();
    }

    private boolean allFlushed() {
        return IntStream.range(0, PARTITIONS)
                .allMatch(partition ->
                        Objects.requireNonNull(streaming.get(partition)).offset()
                                == topic.get(partition).size());
    }

    /** Some of what is retired is deleted, the first first. */
    private void sweep() {
        var due = await(database.sweeps.due(Duration.ZERO, 1 + random.nextInt(10))).stream()
                .map(RetiredBlob::name)
                .toList();
        store.delete(due.stream().map(BlobName::new).toList()).block();
        database.sweeps.swept(due).block();
    }

    private void orphan() {
        put(random.nextInt(objects.length), "parts", ".part", 20, Set.of("w1"));
    }

    private Set<String> heldBy(String blob) {
        return Objects.requireNonNull(held.get(blob), blob);
    }

    private Set<String> live(LivePart part) {
        var live = new HashSet<>(heldBy(part.file().name()));
        part.dead().ifPresent(dead -> live.removeAll(heldBy(dead.name())));
        return live;
    }

    ObjectSnapshot snapshot(Database of, int object) {
        return await(of.snapshots.snapshot(objects[object], KnownObject.NOTHING));
    }

    /** Every write of the object in the place where the catalog has it; a write in two places comes twice. */
    List<String> places(Database of, int object) {
        var snapshot = snapshot(of, object);
        var found = new ArrayList<String>();
        snapshot.walSections()
                .forEach(section -> found.addAll(inLog(object, section.partition(), section.first(), section.next())));
        snapshot.sections().forEach(section -> found.addAll(heldBy(section.blobName())));
        snapshot.parts().forEach(part -> found.addAll(live(part)));
        return found;
    }

    Set<String> visible(Database of, int object) {
        return Contents.folded(places(of, object)).stream()
                .filter(write -> write.charAt(0) == 'w')
                .collect(Collectors.toSet());
    }

    /** What a client may see of the first so many records of each partition. */
    Set<String> expected(Database of, int object) {
        var snapshot = snapshot(of, object);
        var all = new HashSet<String>();
        snapshot.wal().forEach((partition, position) -> all.addAll(inLog(object, partition, 0, position.offset())));
        return Contents.folded(all).stream()
                .filter(write -> write.charAt(0) == 'w')
                .collect(Collectors.toSet());
    }

    static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Duration.ofSeconds(30)));
    }
}
