package io.spanlake.compactor.job;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.parts.Deaths;
import io.spanlake.catalog.parts.NewPart;
import io.spanlake.catalog.processed.ProcessedObject;
import java.util.List;
import java.util.Set;

/**
 * What a job has made: its blobs lie in the blob store, and nothing names them yet.
 *
 * @param erased ids of rows that clients deleted and whose bytes go with the inputs
 */
public record Outputs(
        Set<Long> inputSections,
        Set<Long> inputParts,
        List<NewPart> parts,
        List<ProcessedObject> carried,
        List<Deaths> deaths,
        Balance balance,
        List<String> erased) {
    public Outputs {
        inputSections = Set.copyOf(inputSections);
        inputParts = Set.copyOf(inputParts);
        parts = List.copyOf(parts);
        carried = List.copyOf(carried);
        deaths = List.copyOf(deaths);
        erased = List.copyOf(erased);
    }

    /** Whether it would change nothing. */
    public boolean isNothing() {
        return inputSections.isEmpty() && inputParts.isEmpty() && deaths.isEmpty();
    }
}
