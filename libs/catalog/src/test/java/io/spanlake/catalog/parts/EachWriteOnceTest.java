package io.spanlake.catalog.parts;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.Stages.checkpoint;
import static io.spanlake.catalog.Stages.part;
import static io.spanlake.catalog.Stages.processedBlob;
import static io.spanlake.catalog.Stages.range;
import static io.spanlake.catalog.Stages.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.catalog.SectionRef;
import io.spanlake.catalog.Stages;
import io.spanlake.catalog.SwapDraft;
import io.spanlake.catalog.processed.Cuts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While flushes, cuts, swaps by two rivals, and the sweeper run, every snapshot has each write that was flushed before it
 * in exactly one place: a section of the log, a processed section, or a part without its dead.
 */
class EachWriteOnceTest {
    private static final int PARTITIONS = 3;
    private static final Duration RUN = Duration.ofSeconds(5);

    /** What a blob holds; a write is a partition and an offset. */
    private record Writes(Set<String> all) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void inEverySnapshot(long seed) throws Exception {
        try (var run = new Run(seed);
                var threads = Executors.newCachedThreadPool()) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int mine = partition;
                tasks.add(() -> run.repeat(() -> run.flush(mine, run.random(mine))));
                tasks.add(() -> run.repeat(() -> run.cut(mine)));
            }
            tasks.add(() -> run.repeat(() -> run.swap(run.random(10))));
            tasks.add(() -> run.repeat(() -> run.swap(run.random(11))));
            tasks.add(() -> run.repeat(run::sweep));
            tasks.add(() -> run.repeat(run::readWhole));
            tasks.add(run::readOn);

            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).as("rounds, seed %d", seed).isGreaterThan(3);
            }

            run.readWhole();
            assertThat(run.published.get()).as("swaps, seed %d", seed).isGreaterThan(10);
            assertThat(run.outdated.get()).as("swaps that lost, seed %d", seed).isPositive();
        }
    }

    private static final class Run implements AutoCloseable {
        private final Stages stages = new Stages();
        private final long seed;
        private final long end = System.nanoTime() + RUN.toNanos();
        private final AtomicLongArray flushed = new AtomicLongArray(PARTITIONS);
        private final long[] cut = new long[PARTITIONS];
        private final Map<String, Writes> places = new ConcurrentHashMap<>();
        private final AtomicInteger published = new AtomicInteger();
        private final AtomicInteger outdated = new AtomicInteger();

        Run(long seed) {
            this.seed = seed;
            stages.begin(PARTITIONS);
        }

        Random random(int salt) {
            return new Random(seed * 1_000 + salt + System.nanoTime() % 1_000);
        }

        int repeat(Runnable step) {
            int rounds = 0;
            for (; System.nanoTime() < end; rounds++) {
                step.run();
            }
            return rounds;
        }

        /** A write adds one to the sums, so that a sum counts. */
        void flush(int partition, Random random) {
            long first = flushed.get(partition);
            long next = first + 1 + random.nextInt(5);
            stages.flush(OBJECT, partition, first, next, next - first);
            flushed.set(partition, next);
        }

        void cut(int partition) {
            long next = flushed.get(partition);
            long first = cut[partition];
            if (next == first) {
                return;
            }
            var blob = processedBlob(section(OBJECT, partition, first, next, next - first));
            places.put(blob.name(), writes(partition, first, next));
            var done = await(stages.processed.commit(
                    Cuts.of(List.of(range(partition, first, next, next - first)), List.of(blob))));
            assertThat(done.committed()).containsExactly(partition);
            cut[partition] = next;
        }

        void swap(Random random) {
            var planned = stages.snapshot(OBJECT);
            var draft = SwapDraft.on(planned).checkpoint(checkpoint(planned));
            var taken = new HashSet<String>();
            for (var section : planned.sections()) {
                if (random.nextInt(4) > 0) {
                    draft.takeSection(section.id(), section.section().stampSum());
                    taken.addAll(placeOf(section.blobName()));
                }
            }
            for (var live : planned.parts()) {
                if (random.nextInt(3) == 0) {
                    draft.take(live);
                    taken.addAll(placeOf(live.file().name()));
                }
            }
            if (taken.isEmpty()) {
                return;
            }
            publish(draft, taken);
        }

        private void publish(SwapDraft draft, Set<String> taken) {
            var output = part(taken.size(), taken.size());
            places.put(output.file().name(), new Writes(Set.copyOf(taken)));
            switch (await(stages.swaps.swap(draft.put(output).swap()))) {
                case SwapOutcome.Published won -> {
                    assertThat(won.version()).isPositive();
                    published.incrementAndGet();
                }
                case SwapOutcome.Outdated lost -> {
                    assertThat(lost.version()).isPositive();
                    outdated.incrementAndGet();
                }
            }
        }

        void sweep() {
            await(stages.sweeps.retireLog(OBJECT));
            var due = await(stages.sweeps.due(Duration.ofMillis(200), 50));
            stages.sweeps.swept(due.stream().map(blob -> blob.name()).toList()).block();
        }

        void readWhole() {
            var acknowledged = acknowledged();
            var snapshot = stages.snapshot(OBJECT);
            var found = new ArrayList<String>();
            snapshot.walSections().forEach(section -> found.addAll(placeOf(section)));
            snapshot.sections().forEach(section -> found.addAll(placeOf(section.blobName())));
            snapshot.parts().forEach(live -> found.addAll(placeOf(live.file().name())));

            assertThat(found).as("doubled, seed %d", seed).doesNotHaveDuplicates();
            assertThat(new HashSet<>(found)).as("missed, seed %d", seed).containsAll(acknowledged);
        }

        /** Keeps what it knows, as a query node does, and asks only for what is new. */
        int readOn() {
            var known = KnownObject.NOTHING;
            var log = new HashMap<String, Set<String>>();
            var rest = new HashMap<String, Set<String>>();
            int rounds = 0;
            for (; System.nanoTime() < end; rounds++) {
                var acknowledged = acknowledged();
                var snapshot = await(stages.snapshots.snapshot(OBJECT, known));
                if (snapshot.whole()) {
                    rest.clear();
                }
                snapshot.walSections().forEach(section -> log.put(section.toString(), placeOf(section)));
                snapshot.sections().forEach(section -> rest.put(section.blobName(), placeOf(section.blobName())));
                snapshot.parts()
                        .forEach(live ->
                                rest.put(live.file().name(), placeOf(live.file().name())));
                log.values()
                        .removeIf(writes -> rest.values().stream().anyMatch(place -> place.containsAll(writes))
                                || isProcessed(snapshot, writes));
                known = snapshot.known();

                var found = new ArrayList<String>();
                log.values().forEach(found::addAll);
                rest.values().forEach(found::addAll);
                assertThat(found).as("doubled, seed %d", seed).doesNotHaveDuplicates();
                assertThat(new HashSet<>(found)).as("missed, seed %d", seed).containsAll(acknowledged);
            }
            return rounds;
        }

        private static boolean isProcessed(ObjectSnapshot snapshot, Set<String> writes) {
            return writes.stream().allMatch(write -> {
                var place = write.split("@", 2);
                var processed = snapshot.processed().get(Integer.valueOf(place[0]));
                return processed != null && Long.parseLong(place[1]) < processed.offset();
            });
        }

        private Set<String> acknowledged() {
            var all = new HashSet<String>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.addAll(writes(partition, 0, flushed.get(partition)).all());
            }
            return all;
        }

        private static Set<String> placeOf(SectionRef section) {
            return writes(section.partition(), section.first(), section.next()).all();
        }

        private Set<String> placeOf(String blob) {
            return Objects.requireNonNull(places.get(blob)).all();
        }

        private static Writes writes(int partition, long first, long next) {
            var all = new HashSet<String>();
            for (long offset = first; offset < next; offset++) {
                all.add(partition + "@" + offset);
            }
            return new Writes(Set.copyOf(all));
        }

        @Override
        public void close() {
            stages.close();
        }
    }
}
