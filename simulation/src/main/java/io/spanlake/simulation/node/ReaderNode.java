package io.spanlake.simulation.node;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.row.RowIdentity;
import io.spanlake.query.ReadRefusedException;
import io.spanlake.query.cursor.RowDirection;
import io.spanlake.query.part.OpenParts;
import io.spanlake.query.part.PartReads;
import io.spanlake.query.part.PartStretches;
import io.spanlake.query.part.PartVectors;
import io.spanlake.query.part.TraceCounts;
import io.spanlake.query.part.VectorSettings;
import io.spanlake.query.read.Freshness;
import io.spanlake.query.read.HeldRows;
import io.spanlake.query.read.ObjectReads;
import io.spanlake.query.read.PageRequest;
import io.spanlake.query.read.ReadMode;
import io.spanlake.query.read.ReadTarget;
import io.spanlake.query.read.StrictReads;
import io.spanlake.query.read.StrictSettings;
import io.spanlake.query.scan.ObjectScans;
import io.spanlake.query.tail.PageLimits;
import io.spanlake.query.tail.TailBlobs;
import io.spanlake.query.tail.TailObject;
import io.spanlake.query.tail.TailState;
import io.spanlake.query.tail.TailViews;
import io.spanlake.simulation.check.Expected;
import io.spanlake.simulation.check.Violation;
import io.spanlake.simulation.time.SimProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A query node, and a client that holds each of its answers against the log. */
public final class ReaderNode {
    private static final long VIEW_BYTES = 64 << 20;
    private static final PageLimits ALL = new PageLimits(1_000, Long.MAX_VALUE);
    private static final int QUESTIONS = 6;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Surroundings world;
    private final SimProcess process;
    private final ObjectReads reads;
    private final ObjectScans scans;
    private final Questions questions;
    private final boolean onlyQueries;

    /**
     * @param seen    what it is shown of the catalog
     * @param queries that it asks
     */
    public ReaderNode(
            Surroundings world, SimProcess process, ObjectSnapshots seen, List<String> queries, boolean onlyQueries) {
        this.world = world;
        this.process = process;
        this.onlyQueries = onlyQueries;
        this.questions = new Questions(world.random(), queries);
        var registry = new SimpleMeterRegistry();
        var immediate = Schedulers.immediate();
        var store = world.blobs(process);
        var catalog = world.catalog();
        var stretches = new PartStretches(1 << 20, registry);
        var blobs = new TailBlobs(store, immediate, 1 << 20, stretches, registry);
        var parts = new PartReads(stretches, immediate);
        var clock = world.time().clock();
        var views = new TailViews(
                seen, blobs, new OpenParts(store, immediate), parts, immediate, VIEW_BYTES, clock, registry, "sim");
        var strict = new StrictReads(
                () -> process.call("ends", world.topic()::ends),
                catalog.walSnapshots(process::call),
                Flux.never(),
                new StrictSettings(Duration.ofSeconds(20), Duration.ofMillis(50)),
                immediate,
                registry);
        reads = new ObjectReads(
                views, blobs, parts, new TraceCounts(1 << 20, registry), strict, immediate, 64 << 20, clock, registry);
        scans = new ObjectScans(
                views,
                strict,
                blobs,
                parts,
                new PartVectors(new VectorSettings(1 << 20, 0, 1), immediate, registry),
                immediate,
                immediate);
    }

    public void run() {
        process.run(() -> {
            while (true) {
                process.sleep(Duration.ofMillis(world.random().nextInt(1, (int) PAUSE.toMillis())));
                var objects = world.objects();
                read(objects.get(world.random().nextInt(objects.size())));
            }
        });
    }

    /** One question. A refusal is an answer, a wrong answer is none. */
    private void read(ObjectRef object) {
        var began = world.time().now();
        long faults = process.faults();
        try {
            ask(object);
        } catch (ReadRefusedException refused) {
            if (!process.alive()) {
                return;
            }
            world.trace().add(process.name(), "refused: " + refused.refusal());
            var took = Duration.between(began, world.time().now());
            if (process.faults() == faults && took.compareTo(CompactorNode.GRACE) < 0) {
                throw new Violation("%s was refused without a fault: %s".formatted(object, refused.refusal()), refused);
            }
        } catch (UncheckedIOException away) {
            world.trace().add(process.name(), "failed: " + away.getMessage());
        }
    }

    private void ask(ObjectRef object) {
        var target = target(object);
        int question = onlyQueries ? QUESTIONS : world.random().nextInt(QUESTIONS);
        switch (question) {
            case 0, 1 -> page(target);
            case 2 -> row(target, "r" + world.random().nextInt(7));
            case 3 -> trace(target, "t" + world.random().nextInt(3));
            case 4 -> counts(target);
            default -> query(target);
        }
    }

    private ReadTarget target(ObjectRef object) {
        return new ReadTarget(new TailObject(world.organization(), object), world.project());
    }

    private void page(ReadTarget target) {
        var request = new PageRequest(RowDirection.OLDEST_FIRST, Optional.empty(), ALL);
        var answer = Objects.requireNonNull(
                reads.page(target, ReadMode.NEWEST, request).block());
        var rows = json(answer.rows());
        same(target, "all rows", rows, expected(target, answer.freshness()).oldestFirst());
    }

    private void row(ReadTarget target, String id) {
        var answer =
                Objects.requireNonNull(reads.row(target, ReadMode.NEWEST, id).block());
        var row = answer.row().map(found -> json(found).getFirst());
        same(target, "row " + id, row, expected(target, answer.freshness()).row(id));
    }

    private void trace(ReadTarget target, String id) {
        var answer =
                Objects.requireNonNull(reads.trace(target, ReadMode.NEWEST, id).block());
        var rows = json(answer.rows()).stream().sorted().toList();
        same(target, "trace " + id, rows, expected(target, answer.freshness()).trace(id));
    }

    private void counts(ReadTarget target) {
        var answer =
                Objects.requireNonNull(reads.counts(target, ReadMode.NEWEST).block());
        var expected = expected(target, answer.freshness());
        same(target, "count of rows", answer.counts().rows(), expected.count());
        same(target, "count of traces", answer.counts().traces(), expected.traces());
    }

    private void query(ReadTarget target) {
        var query = questions.next(target.object().ref());
        var snapshot =
                Objects.requireNonNull(scans.snapshot(target, ReadMode.NEWEST).block());
        var rows = Questions.answer(query, snapshot.rows());
        var folded = expected(target, snapshot.state()).sourceRows();
        same(
                target,
                query,
                rows,
                Questions.answer(query, Questions.over(target.object().ref(), folded)));
    }

    private Expected expected(ReadTarget target, Freshness freshness) {
        return expected(target, freshness.state());
    }

    private Expected expected(ReadTarget target, TailState state) {
        Map<Integer, LogOffset> places = new TreeMap<>();
        state.positions()
                .forEach((partition, position) ->
                        places.put(partition, new LogOffset(position.incarnation(), position.offset())));
        RowIdentity identity = target.identity();
        return Expected.of(world.topic(), places, target.object().ref(), identity)
                .visibleAt(state.closed());
    }

    private void same(ReadTarget target, String what, Object is, Object expected) {
        world.trace()
                .add(
                        process.name(),
                        "read " + what + " of " + target.object().ref().id());
        if (!is.equals(expected)) {
            throw new Violation("%s of %s: a reader got%n%s%nwhere the log folds to%n%s"
                    .formatted(what, target.object().ref(), is, expected));
        }
    }

    private static List<String> json(HeldRows rows) {
        var taken = new ArrayList<String>();
        rows.sentBy(json -> json.doOnNext(row -> taken.add(row.toUtf8())).then())
                .block();
        return taken;
    }
}
