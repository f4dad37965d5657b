package io.spanlake.simulation.catalog;

import io.spanlake.catalog.FlushedRange;
import io.spanlake.catalog.parts.Swap;
import io.spanlake.simulation.catalog.Tables.BlobState;
import io.spanlake.simulation.catalog.Tables.Published;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Catalogs that break one of their rules. */
public final class CarelessCatalogs {
    private CarelessCatalogs() {}

    /** A flush is taken wherever the log is, and whoever brings it. */
    public static SimCatalog withoutCompareAndSet(InstantSource clock, Runnable watch) {
        var rules = CatalogRules.SOUND;
        return new SimCatalog(
                clock, new CatalogRules(WithoutCompareAndSet::new, rules.cuts(), rules.swaps(), rules.sweeps()), watch);
    }

    /** Names of orphans are not marked before they are deleted. */
    public static SimCatalog withoutDoomedMark(InstantSource clock, Runnable watch) {
        var rules = CatalogRules.SOUND;
        return new SimCatalog(
                clock, new CatalogRules(rules.log(), rules.cuts(), rules.swaps(), WithoutDoomedMark::new), watch);
    }

    /** A merge counts though rows of its inputs have died since it began, and its outputs have them alive. */
    public static SimCatalog withoutCarryOver(InstantSource clock, Runnable watch) {
        var rules = CatalogRules.SOUND;
        return new SimCatalog(
                clock, new CatalogRules(rules.log(), rules.cuts(), WithoutCarryOver::new, rules.sweeps()), watch);
    }

    private static final class WithoutCompareAndSet extends LogModel {
        WithoutCompareAndSet(Tables tables) {
            super(tables);
        }

        @Override
        boolean takes(FlushedRange range) {
            return tables.wal.containsKey(range.partition());
        }
    }

    private static final class WithoutDoomedMark extends SweepModel {
        WithoutDoomedMark(Tables tables) {
            super(tables);
        }

        @Override
        Set<String> doom(Collection<String> names) {
            return names.stream()
                    .filter(name -> {
                        var blob = tables.blobs.get(name);
                        return blob == null || blob.state() == BlobState.DOOMED;
                    })
                    .collect(Collectors.toSet());
        }
    }

    private static final class WithoutCarryOver extends SwapModel {
        WithoutCarryOver(Tables tables) {
            super(tables);
        }

        @Override
        String verdict(Swap swap, @Nullable Published object) {
            boolean merges = object != null
                    && swap.inputsProcessed().isEmpty()
                    && swap.deaths().isEmpty()
                    && tables.parts.keySet().containsAll(swap.inputParts());
            return merges ? PUBLISHED : super.verdict(swap, object);
        }
    }
}
