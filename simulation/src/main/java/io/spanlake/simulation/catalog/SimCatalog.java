package io.spanlake.simulation.catalog;

import io.spanlake.catalog.CommittedFlush;
import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.Gap;
import io.spanlake.catalog.LogOffset;
import io.spanlake.catalog.ObjectWidths;
import io.spanlake.catalog.UnreadableBlob;
import io.spanlake.catalog.UnreadableBlobs;
import io.spanlake.catalog.WalCommits;
import io.spanlake.catalog.WalObject;
import io.spanlake.catalog.WalPosition;
import io.spanlake.catalog.WalSnapshot;
import io.spanlake.catalog.WalSnapshots;
import io.spanlake.catalog.WritesTopic;
import io.spanlake.catalog.parts.ObjectSnapshots;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.catalog.processed.CommittedCuts;
import io.spanlake.catalog.processed.CutBlob;
import io.spanlake.catalog.processed.Cuts;
import io.spanlake.catalog.processed.OpenedSegment;
import io.spanlake.catalog.processed.Pending;
import io.spanlake.catalog.processed.ProcessedCommits;
import io.spanlake.catalog.processed.ProcessedPosition;
import io.spanlake.catalog.processed.SegmentMemory;
import io.spanlake.catalog.rebuild.CatalogRebuild;
import io.spanlake.catalog.rebuild.RebuiltCatalog;
import io.spanlake.catalog.work.CompactionLane;
import io.spanlake.catalog.work.CompactionLease;
import io.spanlake.catalog.work.CompactionLimits;
import io.spanlake.catalog.work.CompactionWork;
import io.spanlake.catalog.work.Retentions;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.catalog.work.Sweeps;
import io.spanlake.model.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The catalog, as those reach it who call through {@code calls}. After each statement that changes something the watch is
 * told.
 */
public final class SimCatalog {
    private final InstantSource clock;
    private final CatalogRules rules;
    private final Runnable watch;
    private Tables tables;
    private LogModel log;
    private CutModel cuts;
    private SwapModel swaps;
    private SweepModel sweeps;

    SimCatalog(InstantSource clock, CatalogRules rules, Runnable watch) {
        this.clock = clock;
        this.rules = rules;
        this.watch = watch;
        this.tables = new Tables(clock);
        this.log = rules.log().apply(tables);
        this.cuts = rules.cuts().apply(tables);
        this.swaps = rules.swaps().apply(tables);
        this.sweeps = rules.sweeps().apply(tables);
    }

    /** One that keeps its rules. */
    public static SimCatalog sound(InstantSource clock, Runnable watch) {
        return new SimCatalog(clock, CatalogRules.SOUND, watch);
    }

    /** All of it is gone. */
    public void lose() {
        tables = new Tables(clock);
        log = rules.log().apply(tables);
        cuts = rules.cuts().apply(tables);
        swaps = rules.swaps().apply(tables);
        sweeps = rules.sweeps().apply(tables);
    }

    Tables tables() {
        return tables;
    }

    /** What is in it now. */
    public CatalogView view() {
        return new CatalogView(tables);
    }

    private <T> T changed(T result) {
        watch.run();
        return result;
    }

    public WalCommits walCommits(Calls calls) {
        return new WalCommits() {
            @Override
            public Mono<Map<Integer, WalPosition>> claim(
                    Collection<Integer> partitions, String owner, Optional<WritesTopic> topic) {
                return calls.call("claim " + partitions, () -> changed(log.claim(partitions, topic)));
            }

            @Override
            public Mono<CommittedFlush> commit(List<FlushedRange> ranges, List<WalObject> objects) {
                return calls.call("commit flush " + ranges, () -> changed(log.commit(ranges, objects)));
            }

            @Override
            public Mono<Set<Integer>> readToEnd(Map<Integer, Long> epochs, Instant brokerTime) {
                return calls.call("read to end", () -> log.readToEnd(epochs, brokerTime));
            }

            @Override
            public Mono<Void> stop(int partition, long epoch, String reason) {
                return calls.tell("stop " + partition, () -> log.stop(partition, epoch, reason));
            }

            @Override
            public Mono<Gap> repair(int partition, long resumeAt, String reason) {
                return Mono.error(new UnsupportedOperationException("the model has no gaps"));
            }
        };
    }

    public WalSnapshots walSnapshots(Calls calls) {
        return new WalSnapshots() {
            @Override
            public Mono<WalSnapshot> snapshot(ObjectRef object, Map<Integer, LogOffset> known) {
                return Mono.error(new UnsupportedOperationException("nobody of the simulated asks for it"));
            }

            @Override
            public Mono<Map<Integer, WalPosition>> positions() {
                return calls.call("positions", () -> log.positions());
            }
        };
    }

    public ProcessedCommits processedCommits(Calls calls) {
        return new ProcessedCommits() {
            @Override
            public Mono<Map<Integer, ProcessedPosition>> claim(Collection<Integer> partitions, String owner) {
                return calls.call("claim to process " + partitions, () -> changed(cuts.claim(partitions)));
            }

            @Override
            public Mono<Map<Integer, ProcessedPosition>> positions() {
                return calls.call("processed positions", () -> cuts.positions());
            }

            @Override
            public Mono<Pending> sectionsAfter(int partition, LogOffset after, int mostRanges) {
                return calls.call(
                        "sections of %d after %s".formatted(partition, after),
                        () -> cuts.sectionsAfter(partition, after, mostRanges));
            }

            @Override
            public Mono<CommittedCuts> commit(Cuts asked) {
                return calls.call("commit cut " + asked.ranges(), () -> changed(cuts.commit(asked)));
            }
        };
    }

    public SegmentMemory segmentMemory(Calls calls) {
        return new SegmentMemory() {
            @Override
            public Mono<List<OpenedSegment>> open(int partition) {
                return calls.call("open segments", () -> cuts.open(partition));
            }

            @Override
            public Mono<List<CutBlob>> newest(int partition, int most) {
                return calls.call("newest blobs", () -> cuts.newest(partition, most));
            }
        };
    }

    public ObjectSnapshots objectSnapshots(Calls calls) {
        return (object, known) ->
                calls.call("snapshot of " + object, () -> new SnapshotModel(tables).snapshot(object, known));
    }

    public Swaps swaps(Calls calls) {
        return swap -> calls.call(
                "swap %s of %s at %d: sections %s, parts %s, out %d, deaths %d"
                        .formatted(
                                swap.id(),
                                swap.object(),
                                swap.version(),
                                swap.inputsProcessed().stream().sorted().toList(),
                                swap.inputParts().stream().sorted().toList(),
                                swap.outputs().size(),
                                swap.deaths().size()),
                () -> changed(swaps.swap(swap)));
    }

    public Sweeps sweeps(Calls calls) {
        return new Sweeps() {
            @Override
            public Mono<List<RetiredBlob>> due(Duration grace, int most) {
                return calls.call("due blobs", () -> sweeps.due(grace, most));
            }

            @Override
            public Mono<Void> swept(Collection<String> names) {
                return calls.tell("swept", () -> sweeps.swept(names));
            }

            @Override
            public Mono<Set<String>> doom(Collection<String> names) {
                return calls.call("doom " + names, () -> sweeps.doom(names));
            }

            @Override
            public Mono<Map<String, Long>> versions() {
                return calls.call("versions", () -> sweeps.versions());
            }

            @Override
            public Mono<Integer> retireLog(ObjectRef object) {
                return calls.call("retire log of " + object, () -> changed(swaps.retireLog(object)));
            }
        };
    }

    public CompactionWork compactionWork(Calls calls) {
        return new CompactionWork() {
            @Override
            public Mono<List<CompactionLease>> next(
                    CompactionLane lane, String owner, CompactionLimits limits, Duration lease, int most) {
                return calls.call("next work", () -> new WorkModel(tables).next(lane, limits, lease, most));
            }

            @Override
            public Mono<Long> tailSections(Duration age) {
                return calls.call("tail sections", () -> new WorkModel(tables).tailSections(age));
            }

            @Override
            public Mono<CompactionLease> renew(CompactionLease lease, Duration by) {
                return calls.call("renew lease", () -> new WorkModel(tables).renew(lease, by))
                        .flatMap(Mono::justOrEmpty);
            }

            @Override
            public Mono<Void> done(CompactionLease lease, Duration rest) {
                return calls.tell("done with " + lease.object(), () -> new WorkModel(tables).done(lease, rest));
            }
        };
    }

    public Retentions retentions(Calls calls) {
        return new Retentions() {
            @Override
            public Mono<Void> set(UUID project, Optional<Duration> keep) {
                return calls.tell(
                        "set retention",
                        () -> keep.ifPresentOrElse(
                                time -> tables.retention.put(project, time), () -> tables.retention.remove(project)));
            }

            @Override
            public Mono<Optional<Duration>> of(UUID project) {
                return calls.call("retention", () -> Optional.ofNullable(tables.retention.get(project)));
            }

            @Override
            public Mono<Map<UUID, Duration>> all() {
                return calls.call("retentions", () -> Map.copyOf(tables.retention));
            }
        };
    }

    public ObjectWidths widths(Calls calls) {
        return new ObjectWidths() {
            @Override
            public Mono<Map<ObjectRef, Integer>> all() {
                return calls.call("widths", () -> Map.copyOf(tables.widths));
            }

            @Override
            public Mono<Integer> widen(ObjectRef object, int width) {
                return calls.call("widen", () -> tables.widths.merge(object, width, Math::max));
            }
        };
    }

    public CatalogRebuild rebuild(Calls calls) {
        return new CatalogRebuild() {
            @Override
            public Mono<Boolean> isEmpty() {
                return calls.call("is it empty", () -> new RebuildModel(tables).isEmpty());
            }

            @Override
            public Mono<Void> write(RebuiltCatalog rebuilt, long epoch) {
                return calls.tell("write the rebuilt catalog", () -> new RebuildModel(tables).write(rebuilt, epoch));
            }
        };
    }

    /** All records of the simulated log can be read: whoever enters one has made a mistake. */
    public UnreadableBlobs unreadableBlobs() {
        return new UnreadableBlobs() {
            @Override
            public Mono<Void> enter(List<UnreadableBlob> blobs) {
                return blobs.isEmpty()
                        ? Mono.empty()
                        : Mono.error(new IllegalStateException("found unreadable: " + blobs));
            }

            @Override
            public Mono<Known> known(int limit) {
                return Mono.just(new Known(0, List.of()));
            }
        };
    }
}
