package io.spanlake.catalog.parts;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is exchanged for what, all at once. All blobs of the outputs lie in the blob store already.
 *
 * @param id              drawn by the compactor, never used before: by it the outcome is found again
 * @param version         of the object, that the swap was planned on
 * @param inputsProcessed ids of processed sections that it takes out
 * @param inputParts      ids of parts that it takes out
 * @param outputs         parts that it puts in
 * @param carried         processed blobs that it puts in: what stays in the tail. All sections are of this object
 * @param deaths          rows that it kills in parts that stay, each part once
 * @param balance         {@code in} over inputs and killed rows, {@code live} over the live rows of outputs and over
 *                        carried sections
 * @param receipt         of what it erased
 */
public record Swap(
        UUID id,
        OrganizationId organization,
        ObjectRef object,
        long version,
        Set<Long> inputsProcessed,
        Set<Long> inputParts,
        List<NewPart> outputs,
        List<ProcessedObject> carried,
        List<Deaths> deaths,
        Balance balance,
        NewCheckpoint checkpoint,
        Optional<Receipt> receipt) {
    public Swap {
        inputsProcessed = Set.copyOf(inputsProcessed);
        inputParts = Set.copyOf(inputParts);
        outputs = List.copyOf(outputs);
        carried = List.copyOf(carried);
        deaths = List.copyOf(deaths);
        if (inputsProcessed.isEmpty() && inputParts.isEmpty() && deaths.isEmpty()) {
            throw new IllegalArgumentException("swap %s takes nothing out".formatted(id));
        }
        for (var blob : carried) {
            for (var section : blob.sections()) {
                if (!section.object().equals(object)) {
                    throw new IllegalArgumentException(
                            "%s carries rows of %s into %s".formatted(blob.name(), section.object(), object));
                }
            }
        }
    }
}
