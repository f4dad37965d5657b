package io.spanlake.simulation;

import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.rebuild.KafkaLog;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.rebuild.Rebuild;
import io.spanlake.simulation.catalog.Calls;
import io.spanlake.simulation.catalog.SimCatalog;
import io.spanlake.simulation.check.Invariants;
import io.spanlake.simulation.check.Violation;
import io.spanlake.simulation.log.Topic;
import io.spanlake.simulation.node.CompactorNode;
import io.spanlake.simulation.node.GatewayNode;
import io.spanlake.simulation.node.ProcessorNode;
import io.spanlake.simulation.node.ReaderNode;
import io.spanlake.simulation.node.StreamerNode;
import io.spanlake.simulation.node.Surroundings;
import io.spanlake.simulation.store.DirectBlobs;
import io.spanlake.simulation.store.StoredBlobs;
import io.spanlake.simulation.time.Chance;
import io.spanlake.simulation.time.SimProcess;
import io.spanlake.simulation.time.SimTime;
import io.spanlake.simulation.time.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One history:
 *
 * <ol>
 *   <li>processes are started, two of each kind, and clients write;
 *   <li>for some minutes calls are late, fail, and lose their answers; processes stall, die and are started anew, and
 *       partitions change hands, with and without the old owner knowing;
 *   <li>then all is calm, and everything has to come to its end.
 * </ol>
 *
 * After each change of the catalog or the store the {@link Invariants} are asked.
 */
public final class Simulation {
    private static final int PARTITIONS = 2;
    private static final int WIDTH = 2;
    private static final int REQUESTS = 24;
    private static final Duration STORM = Duration.ofMinutes(12);
    private static final Duration CALM = Duration.ofMinutes(4);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** Of compactors: longer than a job, shorter than its longer ones, or so short that all that are awake work on the same. */
    private static final List<Duration> LEASES =
            List.of(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(10));

    private static final Duration UNREST = Duration.ofSeconds(25);
    private static final int LINES = Integer.getInteger("spanlake.simulation.lines", 400);
    private static final int EVENTS_MAX = 100_000;

    /** From outside: at once, and without faults. */
    private static final Calls DIRECT = new Calls() {
        @Override
        public <T> Mono<T> call(String statement, Supplier<T> effect) {
            return Mono.fromSupplier(effect);
        }
    };

    private final Random random;
    private final SimTime time = new SimTime();
    private final Trace trace = new Trace(time, LINES);
    private final Topic topic = new Topic(PARTITIONS, time);
    private final StoredBlobs stored = new StoredBlobs(time.clock());
    private final SimCatalog catalog;
    private final Invariants invariants;
    private final Surroundings world;
    private final Fleet fleet;
    private final List<Running> running = new ArrayList<>();
    private final List<Reading> streamers = new ArrayList<>();
    private final List<Processing> processors = new ArrayList<>();
    private final Duration lease;
    private Chance chance;
    private int lives;
    private boolean calm;
    private @Nullable Violation violation;

    private record Running(SimProcess process, Runnable again) {}

    private record Reading(SimProcess process, Set<Integer> partitions) {}

    private record Processing(SimProcess process, ProcessorNode node) {}

    /** @param catalogs makes the catalog, of a clock and whom it tells of changes */
    public Simulation(long seed, Path scratch, Fleet fleet, BiFunction<InstantSource, Runnable, SimCatalog> catalogs) {
        this.random = new Random(seed);
        this.fleet = fleet;
        this.catalog = catalogs.apply(time.clock(), this::catalogChanged);
        this.chance = Chance.drawn(random);
        this.lease = LEASES.get(random.nextInt(LEASES.size()));
        var organization = new OrganizationId(new UUID(1, 1));
        var project = new UUID(2, 2);
        var objects = List.of(
                new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(3, 3).toString()),
                new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(4, 4).toString()));
        this.world = new Surroundings(
                time,
                random,
                () -> chance,
                trace,
                topic,
                stored,
                catalog,
                this::storeChanged,
                scratch,
                organization,
                project,
                objects);
        this.invariants =
                new Invariants(catalog, topic, stored, object -> new RowIdentity(organization, project, object));
    }

    private void catalogChanged() {
        check(invariants::catalogChanged);
    }

    private void storeChanged() {
        check(invariants::storeChanged);
    }

    /** Whoever made the change would take it for a fault of its neighbour: it is kept for the end of the event. */
    private void check(Runnable invariant) {
        try {
            invariant.run();
        } catch (Violation found) {
            if (violation == null) {
                violation = found;
            }
        }
    }

    private void mustBeSound() {
        var found = violation;
        if (found != null) {
            throw found;
        }
    }

    public Trace trace() {
        return trace;
    }

    /** @throws Violation where a promise is broken */
    public void run() {
        try {
            world.objects()
                    .forEach(object ->
                            catalog.widths(DIRECT).widen(object, WIDTH).block());
            startAll();
            time.after(UNREST, this::unrest);
            runUntil(STORM);
            calmDown();
            runUntil(STORM.plus(CALM));
            everythingIsDone();
            rebuild();
        } finally {
            running.forEach(one -> one.process.kill());
        }
    }

    private void runUntil(Duration end) {
        while (time.elapsed().compareTo(end) < 0) {
            if (!time.runNext()) {
                return;
            }
            mustBeSound();
            if (trace.count() > EVENTS_MAX) {
                throw new Violation("there is no end to it");
            }
        }
    }

    private void startAll() {
        new GatewayNode(world, named("gateway"), WIDTH).run(REQUESTS, STORM);
        for (int i = 0; i < 2; i++) {
            startStreamer();
            startProcessor();
            startCompactor();
        }
        startSweeper();
        startReader();
    }

    private SimProcess named(String role) {
        var process = world.ofThread(role + "-" + lives++);
        running.add(new Running(process, () -> {}));
        return process;
    }

    private void startStreamer() {
        var process = world.ofEvents("streamer-" + lives++);
        var partitions = new TreeSet<>(some());
        keep(process, this::startStreamer);
        streamers.add(new Reading(process, partitions));
        new StreamerNode(world, process, partitions, this::wake).start();
    }

    private void startProcessor() {
        var process = world.ofEvents("processor-" + lives++);
        var node = new ProcessorNode(world, process, fleet.folders());
        keep(process, this::startProcessor);
        processors.add(new Processing(process, node));
        some().forEach(node::begin);
        node.start();
    }

    private void startCompactor() {
        var process = world.ofThread("compactor-" + lives++);
        keep(process, this::startCompactor);
        new CompactorNode(world, process, seen(fleet.ofCompactors(), process), lease, STORM).compact();
    }

    private void startSweeper() {
        var process = world.ofThread("sweeper-" + lives++);
        keep(process, this::startSweeper);
        new CompactorNode(world, process, seen(fleet.ofCompactors(), process), lease, STORM).sweep();
    }

    private void startReader() {
        var process = world.ofThread("reader-" + lives++);
        keep(process, this::startReader);
        new ReaderNode(world, process, seen(fleet.ofReaders(), process), fleet.queries(), fleet.onlyQueries()).run();
    }

    private ObjectSnapshots seen(Fleet.Seen seen, SimProcess process) {
        return seen.of(catalog.objectSnapshots(process::call), stored);
    }

    private void keep(SimProcess process, Runnable again) {
        running.add(new Running(process, again));
        process.onDeath(() -> {
            forget(process);
            again.run();
        });
    }

    private void forget(SimProcess process) {
        running.removeIf(one -> one.process == process);
        streamers.removeIf(one -> one.process == process);
        processors.removeIf(one -> one.process == process);
    }

    /** Each partition with a chance of three in four: some belong to nobody for a while, some to two. */
    private List<Integer> some() {
        var partitions = new ArrayList<Integer>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (calm || random.nextInt(4) > 0) {
                partitions.add(partition);
            }
        }
        return partitions;
    }

    /** One event in five is lost: it only says when to look. */
    private void wake(int partition) {
        if (random.nextInt(5) > 0) {
            processors.forEach(one -> one.node.wake(partition));
        }
    }

    private void unrest() {
        if (calm) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> killOne();
            case 1, 2 -> stallOne();
            case 3 -> move(random.nextInt(PARTITIONS));
            default -> chance = Chance.drawn(random);
        }
        time.after(Duration.ofNanos((long) (UNREST.toNanos() * random.nextDouble() * 2)), this::unrest);
    }

    private void killOne() {
        var one = running.get(random.nextInt(running.size()));
        if (one.process.name().startsWith("gateway")) {
            return;
        }
        one.process.kill();
        forget(one.process);
        one.again.run();
    }

    private void stallOne() {
        var one = running.get(random.nextInt(running.size()));
        var length = Duration.ofSeconds(random.nextInt(1, random.nextInt(2, 400)));
        var left = STORM.minus(time.elapsed());
        one.process.stall(length.compareTo(left) < 0 ? length : left);
    }

    /** Now and then both think that they have it. */
    private void move(int partition) {
        trace.add("world", "partition " + partition + " moves");
        var from = streamers.get(random.nextInt(streamers.size()));
        var to = streamers.get(random.nextInt(streamers.size()));
        if (random.nextBoolean()) {
            from.partitions.remove(partition);
        }
        to.partitions.add(partition);
        if (random.nextBoolean()) {
            processors.get(random.nextInt(processors.size())).node.end(partition);
        }
        processors.get(random.nextInt(processors.size())).node.begin(partition);
    }

    /**
     * One streamer and one processor are left, and claim all partitions anew: one that believes in a claim which another has
     * taken since would not find out where nothing is written any more.
     */
    private void calmDown() {
        trace.add("world", "calms down");
        calm = true;
        chance = Chance.CALM;
        List.copyOf(streamers).forEach(one -> retire(one.process));
        List.copyOf(processors).forEach(one -> retire(one.process));
        startStreamer();
        startProcessor();
    }

    private void retire(SimProcess process) {
        process.kill();
        forget(process);
    }

    /** The catalog is lost, and made again from what lies in the store. */
    private void rebuild() {
        List.copyOf(running).forEach(one -> one.process.kill());
        var before = catalog.view().walPlaces();
        catalog.lose();
        invariants.forgetPositions();
        boolean withLog = random.nextBoolean();
        Map<Integer, KafkaLog> log = new TreeMap<>();
        if (withLog) {
            topic.ends().forEach((partition, end) -> log.put(partition, new KafkaLog(0, end)));
        }
        var rebuilt = Objects.requireNonNull(new Rebuild(
                        new DirectBlobs(stored), catalog.rebuild(DIRECT), Schedulers.immediate(), time.clock(), _ -> {})
                .run(log, withLog ? MARGIN : Duration.ZERO)
                .block());
        trace.add("world", "the catalog is rebuilt");
        mustBeSound();
        if (!rebuilt.problems().isEmpty()) {
            throw new Violation("the rebuild found " + rebuilt.problems());
        }
        catalogChanged();
        mustBeSound();
        before.forEach((partition, place) -> {
            var now = catalog.view().walPlaces().get(partition);
            if (!withLog && misses(partition, now, place)) {
                throw new Violation("partition %d was at %s, and is rebuilt up to %s".formatted(partition, place, now));
            }
        });
    }

    /** What came too late to count stands in no blob, so nothing but the log could tell of it, and reading it again changes nothing. */
    private boolean misses(int partition, @Nullable LogOffset rebuilt, LogOffset before) {
        long first = rebuilt == null ? 0 : rebuilt.offset();
        return first < before.offset()
                && topic.from(partition, first, before.offset()).stream().anyMatch(Topic.Appended::counts);
    }

    private void everythingIsDone() {
        var view = catalog.view();
        topic.ends().forEach((partition, end) -> {
            var wal = view.walPlaces().get(partition);
            var processed = view.processedPlaces().get(partition);
            if (wal == null || wal.offset() != end || processed == null || processed.offset() != end) {
                throw new Violation("partition %d ends at %d, the log came to %s and processing to %s"
                        .formatted(partition, end, wal, processed));
            }
        });
        for (var object : world.objects()) {
            var left = view.snapshot(object).sections();
            if (!left.isEmpty()) {
                throw new Violation("%d processed sections of %s are left".formatted(left.size(), object));
            }
        }
    }
}
