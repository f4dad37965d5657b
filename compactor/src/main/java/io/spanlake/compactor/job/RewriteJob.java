package io.spanlake.compactor.job;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.compactor.CompactionStep;
import io.spanlake.compactor.fold.RowFolder;
import io.spanlake.compactor.fold.RowOutcome;
import io.spanlake.compactor.read.Bases;
import io.spanlake.compactor.read.OpenPart;
import io.spanlake.compactor.read.PartRows;
import io.spanlake.compactor.write.PartOutputs;
import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartInput;
import io.spanlake.storage.part.PartRow;
import io.spanlake.storage.part.PartSpec;
import io.spanlake.storage.wal.StampSum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Parts to fewer parts, without dead and expired rows. One run is one job. Blocks; not thread-safe. */
public final class RewriteJob {
    private final Workbench bench;
    private final Target target;
    private final List<LivePart> inputs;
    /** Whether bytes go that somebody wants to be gone: then a receipt says of which rows. */
    private final boolean erases;

    private final RowFolder folder;
    /** Whether an input came of a merge: texts are taken apart into words twice at most. */
    private final boolean merged;

    private Balance balance = Balance.NOTHING;

    public RewriteJob(Workbench bench, Target target, List<LivePart> inputs) {
        this.bench = bench;
        this.target = target;
        this.inputs = inputs.stream()
                .sorted(Comparator.comparing(part -> part.file().times().oldestFirst()))
                .toList();
        this.erases = inputs.stream().anyMatch(part -> part.eraseBy().isPresent());
        this.merged = inputs.stream().anyMatch(part -> part.file().level() > 0);
        this.folder = new RowFolder(target.snapshot().settledBy(Set.of()), target.expired());
    }

    /** @param scratch for this run alone */
    public Outputs run(Path scratch) throws IOException {
        var open = bench.parts().open(inputs);
        // While what was live then is there to be asked.
        var erased = erases ? erasedIds(open) : List.<String>of();
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
            new PartRows(open, bench.frameBytes())
                    .forEach((trace, row, alone) -> keep(trace, alone || merged ? row : row.indexedAnew(), parts));
            var published = parts.finish();
            bench.failpoints().reached(CompactionStep.PARTS_STORED);
            return new Outputs(Set.of(), ids(), published, List.of(), List.of(), balance, erased);
        }
    }

    private Set<Long> ids() {
        return inputs.stream().map(LivePart::id).collect(Collectors.toUnmodifiableSet());
    }

    private void keep(long trace, PartRow row, PartOutputs parts) {
        if (row.stored().isSettled() && !folder.isExpired(row.facts().first())) {
            long sum =
                    StampSum.ofStored(target.object(), row.rowId(), row.facts().stamps());
            balance = balance.plus(new Balance(sum, sum, 0, 0));
            parts.add(trace, row);
            return;
        }
        var folded = folder.keep(row.stored().state(target.object(), row.rowId()));
        balance = balance.plus(folded.balance());
        if (folded.outcome() instanceof RowOutcome.Live(var live)) {
            parts.add(trace, live, row.until());
        }
    }

    /** Dead rows that live nowhere, not as a version either: those that clients deleted, not those that moved on. */
    private List<String> erasedIds(List<OpenPart> open) {
        var dead = new LinkedHashSet<String>();
        open.forEach(part -> part.keysOf(part.dead(), key -> dead.add(key.rowId())));
        var hashes = dead.stream().mapToLong(Placement::hash).distinct().toArray();
        var live =
                Bases.of(target.object(), bench.parts().open(target.snapshot().parts()), hashes);
        return dead.stream().filter(rowId -> live.keysOf(rowId).isEmpty()).toList();
    }

    private PartSpec spec() {
        int level = inputs.stream().mapToInt(part -> part.file().level()).max().orElse(0);
        return new PartSpec(
                target.organization(),
                target.object(),
                target.project(),
                inputs.size() == 1 ? level : level + 1,
                segments(),
                inputs.stream().map(RewriteJob::input).toList());
    }

    private List<UUID> segments() {
        return inputs.stream()
                .flatMap(part -> part.file().segment().stream())
                .distinct()
                .toList();
    }

    private static PartInput input(LivePart part) {
        return new PartInput.Part(part.file().name(), part.dvVersion());
    }
}
