package io.spanlake.segments.sim;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshot;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.CutRange;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.OpenedSegment;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.PendingSection;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.catalog.processed.UnreadableWrites;
import io.spanlake.model.ObjectRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** The rules of the catalog said plainly, in memory, with an answer lost now and then. One incarnation. */
final class ModelCatalog implements ProcessedCommits, SegmentMemory {
    final List<CutRange> committed = new ArrayList<>();
    final Map<Integer, List<CutBlob>> blobs = new HashMap<>();
    final List<UnreadableWrites> unreadable = new ArrayList<>();
    final Map<Integer, List<PendingSection>> log = new TreeMap<>();
    final Map<Integer, Long> walOffsets = new TreeMap<>();
    final Map<Integer, Long> offsets = new TreeMap<>();
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final RandomGenerator random;
    double faults;

    ModelCatalog(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner) {
        return Mono.fromCallable(() -> {
            failAtTimes();
            partitions.forEach(partition -> epochs.merge(partition, 1L, Long::sum));
            var positions = all();
            positions.keySet().retainAll(partitions);
            return positions;
        });
    }

    @Override
    public Mono<Map<Integer, ProcessedPosition>> positions() {
        return Mono.fromCallable(this::all);
    }

    private Map<Integer, ProcessedPosition> all() {
        var positions = new HashMap<Integer, ProcessedPosition>();
        epochs.forEach((partition, epoch) -> positions.put(
                partition,
                new ProcessedPosition(partition, new LogOffset(1, offsets.getOrDefault(partition, 0L)), epoch)));
        return positions;
    }

    @Override
    public Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges) {
        return Mono.fromCallable(() -> {
            failAtTimes();
            var sections = log.getOrDefault(partition, List.of()).stream()
                    .filter(section -> section.first() >= after.offset())
                    .toList();
            long end = walOffsets.getOrDefault(partition, 0L);
            return new Pending(partition, 1, after.offset(), Math.max(after.offset(), end), sections, false);
        });
    }

    @Override
    public Mono<CommittedCuts> commit(Cuts cuts) {
        return Mono.fromCallable(() -> {
            failAtTimes();
            var taken = new HashSet<Integer>();
            var refused = new HashSet<Integer>();
            cuts.ranges().forEach(range -> (takes(range) ? taken : refused).add(range.partition()));
            list(cuts, taken);
            failAtTimes();
            return new CommittedCuts(taken, refused);
        });
    }

    private boolean takes(CutRange range) {
        if (range.first() != offsets.getOrDefault(range.partition(), 0L)
                || range.epoch() != epochs.getOrDefault(range.partition(), 0L)) {
            return false;
        }
        mustBalance(range);
        offsets.put(range.partition(), range.next());
        committed.add(range);
        return true;
    }

    private void mustBalance(CutRange range) {
        long in = log.getOrDefault(range.partition(), List.of()).stream()
                .filter(section -> section.first() >= range.first() && section.next() <= range.next())
                .mapToLong(PendingSection::stampSum)
                .sum();
        if (!range.balance().holds() || range.balance().in() != in) {
            throw new AssertionError("does not add up: " + range);
        }
    }

    private void list(Cuts cuts, Collection<Integer> taken) {
        for (var object : cuts.objects()) {
            object.sections().stream()
                    .map(section -> section.partition())
                    .filter(taken::contains)
                    .distinct()
                    .forEach(partition -> blobs.computeIfAbsent(partition, _ -> new ArrayList<>())
                            .add(new CutBlob(object.name(), object.bytes(), object.footerOffset())));
        }
        cuts.unreadable().stream()
                .filter(gap -> taken.contains(gap.partition()))
                .forEach(unreadable::add);
    }

    private void failAtTimes() {
        if (random.nextDouble() < faults) {
            throw new UncheckedIOException(new IOException("the catalog is away, says the model"));
        }
    }

    @Override
    public Mono<List<OpenedSegment>> open(int partition) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<List<CutBlob>> newest(int partition, int most) {
        return Mono.fromCallable(() -> List.copyOf(blobs.getOrDefault(partition, List.of())));
    }

    /** The log's side of the same catalog. */
    WalSnapshots wal() {
        return new WalSnapshots() {
            @Override
            public Mono<Map<Integer, WalPosition>> positions() {
                return Mono.fromCallable(ModelCatalog.this::walPositions);
            }

            @Override
            public Mono<WalSnapshot> snapshot(ObjectRef object, Map<Integer, LogOffset> known) {
                return Mono.error(new UnsupportedOperationException());
            }
        };
    }

    private Map<Integer, WalPosition> walPositions() {
        failAtTimes();
        var positions = new HashMap<Integer, WalPosition>();
        walOffsets.forEach((partition, offset) ->
                positions.put(partition, new WalPosition(partition, 1, offset, 1, Optional.empty())));
        return positions;
    }

    Optional<PendingSection> last(int partition) {
        var sections = log.getOrDefault(partition, List.of());
        return sections.isEmpty() ? Optional.empty() : Optional.of(sections.getLast());
    }
}
