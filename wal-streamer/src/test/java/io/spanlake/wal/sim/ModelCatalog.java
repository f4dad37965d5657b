package io.spanlake.wal.sim;

import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WritesTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** The rules of the catalog said plainly, in memory, with an answer lost now and then. */
final class ModelCatalog implements WalCommits {
    /** A section that was listed, with the blob that it lies in. */
    record Listed(int partition, long first, long next, String blob) {}

    final List<Listed> listed = new ArrayList<>();
    final Map<Integer, Long> offsets = new TreeMap<>();
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<List<Object>, Long> taken = new HashMap<>();
    private final RandomGenerator random;
    double faults;

    ModelCatalog(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Mono<Map<Integer, WalPosition>> claim(
            Collection<Integer> partitions, String owner, Optional<WritesTopic> topicId) {
        return Mono.fromCallable(() -> {
            var positions = new HashMap<Integer, WalPosition>();
            for (int partition : partitions) {
                long epoch = epochs.merge(partition, 1L, Long::sum);
                positions.put(
                        partition,
                        new WalPosition(partition, 1, offsets.getOrDefault(partition, 0L), epoch, Optional.empty()));
            }
            return positions;
        });
    }

    @Override
    public Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects) {
        return Mono.fromCallable(() -> {
            failAtTimes();
            var answer = take(ranges, objects);
            failAtTimes();
            return answer;
        });
    }

    private CommittedFlush take(List<FlushedRange> ranges, List<WalObject> objects) {
        var committed = new HashSet<Integer>();
        var refused = new HashSet<Integer>();
        for (var range : ranges) {
            (takes(range, objects) ? committed : refused).add(range.partition());
        }
        return new CommittedFlush(committed, refused);
    }

    private boolean takes(FlushedRange range, List<WalObject> objects) {
        var key = List.<Object>of(range.partition(), range.first(), range.next(), range.epoch());
        if (taken.containsKey(key)) {
            return true;
        }
        long offset = offsets.getOrDefault(range.partition(), 0L);
        if (range.first() != offset || range.epoch() != epochs.getOrDefault(range.partition(), 0L)) {
            return false;
        }
        taken.put(key, range.next());
        offsets.put(range.partition(), range.next());
        for (var object : objects) {
            if (object.sections().stream().anyMatch(section -> section.partition() == range.partition())) {
                listed.add(new Listed(range.partition(), range.first(), range.next(), object.name()));
            }
        }
        return true;
    }

    private void failAtTimes() {
        if (random.nextDouble() < faults) {
            throw new UncheckedIOException(new IOException("the catalog is away, says the model"));
        }
    }

    @Override
    public Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
        return Mono.just(Set.of());
    }

    @Override
    public Mono<Void> stop(int partition, long epoch, String reason) {
        return Mono.empty();
    }

    @Override
    public Mono<Gap> repair(int partition, long resumeAt, String reason) {
        return Mono.error(new UnsupportedOperationException());
    }
}
