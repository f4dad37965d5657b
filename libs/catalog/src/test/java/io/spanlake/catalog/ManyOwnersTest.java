package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.OBJECT;
import static io.spanlake.catalog.CatalogFixture.await;
import static io.spanlake.catalog.CatalogFixture.walObject;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Owners that take partitions from each other at random, commit, repeat commits and never agree on who is the zombie,
 * while their server processes are killed. What they were told is kept in a ledger and compared with the tables.
 */
class ManyOwnersTest {
    private static final int PARTITIONS = 5;
    private static final int OWNERS = 4;
    private static final Duration RUN = Duration.ofSeconds(4);

    private record Told(int partition, long first, long next, boolean written, String object) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTheyCommittedFollowsWithoutGapOrOverlap(long seed) throws Exception {
        Queue<Told> ledger = new ConcurrentLinkedQueue<>();
        try (var catalog = new CatalogFixture();
                var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("owner-", 0).factory())) {
            long end = System.nanoTime() + RUN.toNanos();
            var owners = IntStream.range(0, OWNERS)
                    .mapToObj(owner -> new Owner(catalog, new Random(seed * 100 + owner), ledger, end))
                    .toList();

            run(threads, owners, () -> killProcesses(catalog, new Random(seed), end));

            assertThat(ledger).as("seed %d", seed).hasSizeGreaterThan(100);
            assertLedgerIsTheTruth(catalog, ledger, seed);
        }
    }

    private static void run(ExecutorService threads, List<Owner> owners, Callable<Integer> killer) throws Exception {
        var tasks = new ArrayList<Callable<Integer>>(owners);
        tasks.add(killer);
        for (var done : threads.invokeAll(tasks)) {
            assertThat(done.get()).isPositive();
        }
    }

    private static void assertLedgerIsTheTruth(CatalogFixture catalog, Queue<Told> ledger, long seed) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int number = partition;
            var told = ledger.stream()
                    .filter(line -> line.partition() == number)
                    .sorted((a, b) -> Long.compare(a.first(), b.first()))
                    .toList();
            long offset = 0;
            for (var line : told) {
                assertThat(line.first()).as("seed %d, %s", seed, line).isEqualTo(offset);
                offset = line.next();
            }
            assertThat(catalog.rows("select wal_offset from wal_positions where partition = " + partition))
                    .as("seed %d, partition %d", seed, partition)
                    .containsExactly(String.valueOf(offset));
        }
        var listed = ledger.stream()
                .filter(Told::written)
                .map(line -> "%d %d %d %s".formatted(line.partition(), line.first(), line.next(), line.object()))
                .toList();
        assertThat(catalog.rows("select s.partition, s.first_offset, s.next_offset, o.name from wal_sections s"
                        + " join wal_objects o on o.id = s.wal_object"))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(catalog.rows("select s.partition, s.first_offset, s.next_offset, o.name from wal_section_objects s"
                        + " join wal_objects o on o.id = s.wal_object"))
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(catalog.rows("select name from wal_objects where id not in (select wal_object from wal_sections)"))
                .isEmpty();
        assertThat(catalog.rows("select count(*) from blobs"))
                .isEqualTo(catalog.rows("select count(*) from wal_objects"));
    }

    private static int killProcesses(CatalogFixture catalog, Random random, long end) {
        int rounds = 1;
        while (System.nanoTime() < end) {
            catalog.rows("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and application_name = 'test' and random() < 0.2");
            LockSupport.parkNanos(Duration.ofMillis(20 + random.nextInt(60)).toNanos());
            rounds++;
        }
        return rounds;
    }

    /** One streamer's side: what it believes to own, and how far. */
    private static final class Owner implements Callable<Integer> {
        private final CatalogFixture catalog;
        private final Random random;
        private final Queue<Told> ledger;
        private final long end;
        private final Map<Integer, WalPosition> owned = new HashMap<>();

        Owner(CatalogFixture catalog, Random random, Queue<Told> ledger, long end) {
            this.catalog = catalog;
            this.random = random;
            this.ledger = ledger;
            this.end = end;
        }

        @Override
        public Integer call() {
            int steps = 0;
            try (var database = CatalogDatabase.open(
                    catalog.settings(catalog.server.port(), 2, Duration.ofSeconds(10)),
                    random,
                    new Backoff(40, Duration.ofMillis(5), Duration.ofMillis(100)))) {
                var commits = new PostgresWalCommits(database);
                while (System.nanoTime() < end) {
                    step(commits);
                    steps++;
                }
            }
            return steps;
        }

        private void step(WalCommits commits) {
            if (owned.isEmpty() || random.nextInt(8) == 0) {
                owned.putAll(await(commits.claim(somePartitions(), "owner")));
                return;
            }
            var ranges = owned.values().stream()
                    .filter(position -> random.nextInt(3) > 0)
                    .map(position -> CatalogFixture.range(position, position.offset() + 1 + random.nextInt(9)))
                    .toList();
            var written = ranges.stream()
                    .map(FlushedRange::partition)
                    .filter(partition -> random.nextInt(4) > 0)
                    .toList();
            var objects = written.isEmpty()
                    ? List.<WalObject>of()
                    : List.of(walObject(
                            OBJECT, written.stream().mapToInt(Integer::intValue).toArray()));
            var flush = await(commits.commit(ranges, objects));
            if (random.nextInt(4) == 0) {
                assertThat(await(commits.commit(ranges, objects))).isEqualTo(flush);
            }
            ranges.forEach(range -> hear(range, flush, written, objects));
        }

        private void hear(FlushedRange range, CommittedFlush flush, List<Integer> written, List<WalObject> objects) {
            int partition = range.partition();
            if (flush.refused().contains(partition)) {
                owned.remove(partition);
                return;
            }
            boolean listed = written.contains(partition);
            ledger.add(new Told(
                    partition,
                    range.first(),
                    range.next(),
                    listed,
                    listed ? objects.getFirst().name() : ""));
            owned.computeIfPresent(
                    partition,
                    (number, old) ->
                            new WalPosition(number, old.incarnation(), range.next(), old.epoch(), old.stopped()));
        }

        private Set<Integer> somePartitions() {
            var some = new HashSet<Integer>();
            some.add(random.nextInt(PARTITIONS));
            some.add(random.nextInt(PARTITIONS));
            return some;
        }
    }
}
