package io.spanlake.compactor.job;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.LiveSection;
import io.spanlake.compactor.CompactionStep;
import io.spanlake.compactor.fold.FoldedRow;
import io.spanlake.compactor.fold.RowFolder;
import io.spanlake.compactor.fold.RowOutcome;
import io.spanlake.compactor.fold.RowVersion;
import io.spanlake.compactor.fold.VersionFolder;
import io.spanlake.compactor.read.Bases;
import io.spanlake.compactor.read.OpenPart;
import io.spanlake.compactor.read.TailRows;
import io.spanlake.compactor.write.CarriedStates;
import io.spanlake.compactor.write.DeadRows;
import io.spanlake.compactor.write.PartOutputs;
import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartInput;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.wal.StampSum;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Tail to parts: {@code states of a row → its base in a live part → fold → part | tail again | nothing}, for each row of the
 * sections, in the order of the part. One run is one job. Blocks; not thread-safe.
 */
public final class IndexTailJob {
    private final Workbench bench;
    private final Target target;
    private final List<LiveSection> sections;
    private final Set<String> forgotten;
    private final Duration eraseAfter;
    private final RowFolder folder;
    private final VersionFolder versionFolder;
    private final CarriedStates carried;
    private final Set<Integer> erasedIn = new HashSet<>();
    private Balance balance = Balance.NOTHING;

    /**
     * @param forgotten  ids of rows of which nothing stays
     * @param eraseAfter how long the bytes of rows that clients deleted may stay in live parts
     */
    public IndexTailJob(
            Workbench bench, Target target, List<LiveSection> sections, Set<String> forgotten, Duration eraseAfter) {
        this.bench = bench;
        this.target = target;
        this.sections = List.copyOf(sections);
        this.forgotten = Set.copyOf(forgotten);
        this.eraseAfter = eraseAfter;
        var settledBy = target.snapshot().settledBy(ids());
        this.folder = new RowFolder(settledBy, target.expired());
        this.versionFolder = new VersionFolder(settledBy);
        this.carried = new CarriedStates(target.organization(), bench.blobs(), bench.clock(), bench.random());
    }

    private Set<Long> ids() {
        return sections.stream().map(LiveSection::id).collect(Collectors.toUnmodifiableSet());
    }

    /** @param scratch for this run alone */
    public Outputs run(Path scratch) throws IOException {
        var rows = TailRows.open(bench.processed(), target.object(), sections, bench.frameBytes());
        var bases =
                Bases.of(target.object(), bench.parts().open(target.snapshot().parts()), hashes(rows));
        try (var parts = new PartOutputs(
                spec(),
                bench.blobs(),
                scratch,
                bench.partSettings(),
                bench.partRawBytes(),
                bench.traceRawBytes(),
                bench.clock(),
                bench.random(),
                () -> bench.failpoints().reached(CompactionStep.FILE_STORED))) {
            rows.forEach(row -> fold(row, bases, parts));
            forgotten.forEach(rowId -> forget(rowId, bases));
            var published = parts.finish();
            bench.failpoints().reached(CompactionStep.PARTS_STORED);
            var staying = carried.finish();
            var deaths = deaths(bases);
            bench.failpoints().reached(CompactionStep.TAIL_STORED);
            return new Outputs(ids(), Set.of(), published, staying, deaths, balance, List.of());
        }
    }

    private long[] hashes(TailRows rows) {
        return LongStream.concat(
                        Arrays.stream(rows.rowHashes()), forgotten.stream().mapToLong(Placement::hash))
                .distinct()
                .toArray();
    }

    /** All that parts have of the row. */
    private void forget(String rowId, Bases bases) {
        bases.keysOf(rowId).forEach((place, key) -> {
            bases.take(place);
            erasedIn.add(place.part());
            balance = balance.plus(dropped(StampSum.ofStored(target.object(), rowId, key.stamps())));
        });
        bases.deadIn(rowId).forEach(erasedIn::add);
    }

    private static Balance dropped(long sum) {
        return new Balance(sum, 0, 0, sum);
    }

    private void fold(TailRows.TailRow row, Bases bases, PartOutputs parts) {
        var rowId = row.states().getFirst().rowId();
        if (forgotten.contains(rowId)) {
            row.states()
                    .forEach(state ->
                            balance = balance.plus(dropped(StampSum.of(target.object(), rowId, state.stamps()))));
            return;
        }
        if (target.object().type().keepsVersions()) {
            foldVersions(row, bases, parts);
            return;
        }
        var base = bases.of(row.states().getFirst().rowId());
        var folded = folder.fold(row.states(), base.map(Bases.Base::row));
        // A state that stays in the tail has no base, or its base would be shown without it.
        base.ifPresent(found -> take(found, folded, bases));
        balance = balance.plus(folded.balance());
        switch (folded.outcome()) {
            case RowOutcome.Live(var live) -> parts.add(row.traceHash(), live);
            case RowOutcome.Carried(var state) -> carried.add(row.segment(), state);
            case RowOutcome.Gone() -> {}
        }
    }

    /** A deletion is the end of a version, and erases nothing. */
    private void foldVersions(TailRows.TailRow row, Bases bases, PartOutputs parts) {
        var first = row.states().stream()
                .map(state -> state.last().transaction())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var versions = bases.versionsOf(row.states().getFirst().rowId(), first);
        var folded = versionFolder.fold(
                row.states(),
                versions.stream()
                        .map(base -> new RowVersion(base.row(), base.until()))
                        .toList());
        folded.taken().forEach(base -> bases.take(versions.get(base)));
        balance = balance.plus(folded.balance());
        folded.live().forEach(version -> parts.add(row.traceHash(), version.state(), version.until()));
        folded.carried().forEach(state -> carried.add(row.segment(), state));
    }

    private void take(Bases.Base base, FoldedRow folded, Bases bases) {
        bases.take(base);
        if (folded.erased()) {
            erasedIn.add(base.part());
            // Where it was before it moved on to this part, its bytes are still there.
            bases.deadIn(base.row().rowId()).forEach(erasedIn::add);
        }
    }

    private List<Deaths> deaths(Bases bases) {
        var dead = new DeadRows(bench.blobs(), target.object(), bench.clock(), bench.random());
        var deaths = new ArrayList<Deaths>();
        for (int part : changed(bases)) {
            OpenPart open = bases.parts().get(part);
            var killed = bases.taken().getOrDefault(part, new RoaringBitmap());
            deaths.add(dead.put(open, killed, eraseBy(part)));
        }
        return deaths;
    }

    private Set<Integer> changed(Bases bases) {
        var changed = new TreeSet<>(bases.taken().keySet());
        changed.addAll(erasedIn);
        return changed;
    }

    private Optional<Instant> eraseBy(int part) {
        return erasedIn.contains(part) ? Optional.of(bench.clock().instant().plus(eraseAfter)) : Optional.empty();
    }

    private PartSpec spec() {
        return new PartSpec(
                target.organization(),
                target.object(),
                target.project(),
                0,
                sections.stream()
                        .map(section -> section.section().segment())
                        .distinct()
                        .toList(),
                sections.stream().map(IndexTailJob::input).toList());
    }

    private static PartInput input(LiveSection live) {
        var section = live.section();
        return new PartInput.Section(
                live.blobName(),
                section.segment(),
                section.partition(),
                section.incarnation(),
                section.first(),
                section.next());
    }
}
