package io.spanlake.compactor.job;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.parts.LivePart;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.compactor.read.Bases;
import io.spanlake.compactor.read.OpenPart;
import io.spanlake.compactor.write.DeadRows;
import io.spanlake.model.Placement;
import io.spanlake.storage.part.PartKey;
import io.spanlake.storage.wal.StampSum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/**
 * The tail goes on becoming parts while others are written anew, and rows die in these. What died in an input meanwhile dies
 * in its output too, so that the output may take the input's place in the object as it is by now. Blocks; one for each
 * rewrite.
 */
public final class CarriedDeaths {
    private final Workbench bench;
    private final Duration eraseAfter;

    /** @param eraseAfter how long the bytes of rows that clients deleted may stay in live parts */
    public CarriedDeaths(Workbench bench, Duration eraseAfter) {
        this.bench = bench;
        this.eraseAfter = eraseAfter;
    }

    /**
     * The same outputs as a change of the newer snapshot; nothing where an input went meanwhile.
     *
     * @param now what the swap will be planned on
     */
    public Optional<Outputs> on(Target now, Rewritten rewritten) {
        var after = now.snapshot().parts().stream().collect(Collectors.toMap(LivePart::id, Function.identity()));
        if (!rewritten.inputs().keySet().stream().allMatch(part -> after.containsKey(part.id()))) {
            return Optional.empty();
        }
        var died = new ArrayList<PartKey>();
        rewritten.inputs().forEach((part, dead) -> diedSince(part, dead, newer(after, part), died));
        return Optional.of(died.isEmpty() ? rewritten.outputs() : without(died, now, rewritten));
    }

    private static LivePart newer(Map<Long, LivePart> after, LivePart part) {
        return Optional.ofNullable(after.get(part.id())).orElseThrow();
    }

    private void diedSince(LivePart read, RoaringBitmap dead, LivePart now, List<PartKey> died) {
        if (read.dvVersion() == now.dvVersion()) {
            return;
        }
        var open = bench.parts().open(List.of(now)).getFirst();
        open.keysOf(RoaringBitmap.andNot(open.dead(), dead), died::add);
    }

    private Outputs without(List<PartKey> died, Target now, Rewritten rewritten) {
        var made = rewritten.outputs();
        var opened = bench.parts().open(asLive(made.parts()));
        var hashes = died.stream()
                .mapToLong(key -> Placement.hash(key.rowId()))
                .distinct()
                .toArray();
        var places = Bases.of(now.object(), opened, hashes);
        var balance = made.balance();
        for (var key : died) {
            long sum = StampSum.ofStored(now.object(), key.rowId(), key.stamps());
            var place = places.placeOf(key);
            place.ifPresent(places::take);
            balance = balance.plus(place.isPresent() ? new Balance(-sum, 0, -sum, 0) : dropped(key, sum, rewritten));
        }
        var parts = new ArrayList<>(made.parts());
        var dead = new DeadRows(bench.blobs(), now.object(), bench.clock(), bench.random());
        for (var killed : places.taken().entrySet()) {
            OpenPart part = opened.get(killed.getKey());
            var deaths = dead.put(part, killed.getValue(), Optional.empty());
            balance = balance.plus(new Balance(0, -deaths.killedSum(), deaths.killedSum(), 0));
            parts.set(
                    killed.getKey(),
                    new NewPart(
                            part.live().file(),
                            Optional.of(deaths.dead()),
                            Optional.of(rewritten.begun().plus(eraseAfter))));
        }
        return new Outputs(
                made.inputSections(), made.inputParts(), parts, made.carried(), made.deaths(), balance, made.erased());
    }

    private static List<LivePart> asLive(List<NewPart> parts) {
        return parts.stream()
                .map(part -> new LivePart(-1, part.file(), 0, 0, Optional.empty(), Optional.empty()))
                .toList();
    }

    /** Only what is kept no longer is in no output; else a dead row would come back. */
    private static Balance dropped(PartKey key, long sum, Rewritten rewritten) {
        var expired = rewritten.planned().expired();
        if (expired.isEmpty() || key.first().transaction().compareTo(expired.get()) >= 0) {
            throw new IllegalStateException("row %s of %s died while its part was written anew, and is in no output"
                    .formatted(key.rowId(), rewritten.planned().object()));
        }
        return new Balance(-sum, 0, 0, -sum);
    }
}
