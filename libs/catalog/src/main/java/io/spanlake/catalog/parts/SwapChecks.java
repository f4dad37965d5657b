package io.spanlake.catalog.parts;

import io.spanlake.catalog.UnbalancedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What can be said of a swap before the catalog is asked: that it names nothing twice, and adds up in itself. */
public final class SwapChecks {
    private SwapChecks() {}

    /** @throws RuntimeException where it names something twice, or does not add up */
    public static void check(Swap swap) {
        if (new HashSet<>(namesOf(swap)).size() < namesOf(swap).size()) {
            throw new IllegalArgumentException("swap %s puts a blob in twice".formatted(swap.id()));
        }
        var killed = new HashSet<Long>();
        for (var deaths : swap.deaths()) {
            if (!killed.add(deaths.part()) || swap.inputParts().contains(deaths.part())) {
                throw new IllegalArgumentException(
                        "swap %s kills rows of part %d twice, or of an input".formatted(swap.id(), deaths.part()));
            }
        }
        long live = 0;
        for (var part : swap.outputs()) {
            live += part.liveStampSum();
        }
        for (var object : swap.carried()) {
            for (var section : object.sections()) {
                live += section.stampSum();
            }
        }
        if (!swap.balance().holds() || swap.balance().live() != live) {
            throw new UnbalancedException("swap %s of %s does not add up: %s, its outputs have %d"
                    .formatted(swap.id(), swap.object(), swap.balance(), live));
        }
    }

    /** Of all blobs that it lists. */
    public static List<String> namesOf(Swap swap) {
        var names = new ArrayList<String>();
        for (var part : swap.outputs()) {
            names.add(part.file().name());
            names.add(part.file().orcName());
            part.dead().ifPresent(dead -> names.add(dead.name()));
        }
        swap.carried().forEach(object -> names.add(object.name()));
        swap.deaths().forEach(deaths -> names.add(deaths.dead().name()));
        names.add(swap.checkpoint().name());
        swap.receipt().ifPresent(receipt -> names.add(receipt.blobName()));
        return names;
    }
}
