package io.spanlake.query.execute;

import io.spanlake.query.plan.Plan;
import io.spanlake.query.plan.Plan.SortKey;
import io.spanlake.query.plan.Scalar;
import io.spanlake.query.plan.Tuple;
import io.spanlake.query.spill.SpillFile;
import io.spanlake.query.spill.SpillFiles;
import io.spanlake.query.spill.SpillSpace;
import io.spanlake.query.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Groups that may not fit into memory. Those that come first are gathered there; rows of others go to disk, parted by a hash of
 * their keys, and each part is gathered by itself afterwards, if need be parted again. Then all are sorted by their keys.
 */
final class SpillingGroups {
    private static final int PARTS = 16;
    private static final int DEPTH_MAX = 4;
    private static final int ROWS_AT_A_TIME = 256;

    private final QueryRun run;
    private final Plan.Group step;
    private final SpillSpace space;

    SpillingGroups(QueryRun run, Plan.Group step, SpillSpace space) {
        this.run = run;
        this.step = step;
        this.space = space;
    }

    Flux<Tuple> of(Flux<Tuple> rows) {
        return Flux.using(() -> new SpillFiles(space), files -> gathered(rows, step, files, 0), SpillFiles::discard);
    }

    private Flux<Tuple> gathered(Flux<Tuple> rows, Plan.Group group, SpillFiles files, int depth) {
        return Flux.defer(() -> {
            var groups = new GroupStep(run, group, depth < DEPTH_MAX);
            var parts = new Parts(files, group.keys().size(), depth);
            return rows.<List<Tuple>>handle((row, sink) -> groups.add(row).ifPresent(later -> {
                        parts.waiting.add(later);
                        if (parts.waiting.size() >= ROWS_AT_A_TIME) {
                            sink.next(parts.takeWaiting());
                        }
                    }))
                    .concatMap(some -> onDisk(() -> parts.write(some)), 1)
                    .thenMany(Flux.defer(() -> results(groups, group, parts, files, depth)));
        });
    }

    private Mono<Void> onDisk(Runnable work) {
        return Mono.<Void>fromRunnable(work).subscribeOn(space.disk());
    }

    private Flux<Tuple> results(GroupStep groups, Plan.Group group, Parts parts, SpillFiles files, int depth) {
        var first = groups.rows();
        if (parts.isEmpty()) {
            return Flux.fromIterable(first).doOnComplete(groups::release);
        }
        var later = depth == 0 ? GroupStep.later(step) : group;
        var all = Flux.fromIterable(first)
                .doOnComplete(groups::release)
                .concatWith(onDisk(parts::finish)
                        .thenMany(Flux.defer(() -> Flux.fromIterable(parts.files()))
                                .concatMap(file -> gathered(
                                        run.fromDisk(space, Flux.fromIterable(() -> files.rows(file))),
                                        later,
                                        files,
                                        depth + 1))));
        return depth == 0 ? sorted(all) : all;
    }

    private Flux<Tuple> sorted(Flux<Tuple> rows) {
        var keys = new ArrayList<SortKey>();
        for (var key : step.keys()) {
            keys.add(new SortKey(new Scalar.Column(keys.size(), key.type()), false, false));
        }
        var sort = new Plan.Sort(step, keys, OptionalLong.empty(), Optional.empty(), Optional.empty());
        return new SortStep(run, sort)
                .of(rows)
                .index()
                .map(row -> new Tuple(
                        row.getT2().row(),
                        row.getT2().columns().toArray(Value[]::new),
                        PlanSteps.ofPlace(row.getT1())));
    }

    /** Rows for later, each in the file of its keys. */
    private static final class Parts {
        private final SpillFiles files;
        private final int keys;
        private final int depth;
        private final List<Optional<SpillFile>> parts = new ArrayList<>();
        private List<Tuple> waiting = new ArrayList<>();

        Parts(SpillFiles files, int keys, int depth) {
            this.files = files;
            this.keys = keys;
            this.depth = depth;
            for (int i = 0; i < PARTS; i++) {
                parts.add(Optional.empty());
            }
        }

        List<Tuple> takeWaiting() {
            var some = waiting;
            waiting = new ArrayList<>();
            return some;
        }

        boolean isEmpty() {
            return waiting.isEmpty() && parts.stream().allMatch(Optional::isEmpty);
        }

        void write(List<Tuple> rows) {
            for (var row : rows) {
                int part = part(row);
                if (parts.get(part).isEmpty()) {
                    parts.set(part, Optional.of(files.create()));
                }
                files.write(parts.get(part).orElseThrow(), List.of(row));
            }
        }

        private int part(Tuple row) {
            int hash = row.columns().subList(0, keys).hashCode();
            return Integer.rotateRight(hash * 0x9E3779B9, 28 - 4 * depth) & (PARTS - 1);
        }

        void finish() {
            write(takeWaiting());
            parts.forEach(part -> part.ifPresent(files::finish));
        }

        List<SpillFile> files() {
            return parts.stream().flatMap(Optional::stream).toList();
        }
    }
}
