package io.spanlake.catalog.parts;

import io.spanlake.catalog.Balance;
import io.spanlake.catalog.processed.ProcessedObject;
import io.spanlake.model.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a swap exchanges: enough to say what is published after it ({@link Checkpoint#after}), which has to be stored before
 * the swap is one. The components are those of {@link Swap}.
 */
public record SwapChange(
        Set<Long> inputsProcessed,
        Set<Long> inputParts,
        List<NewPart> outputs,
        List<ProcessedObject> carried,
        List<Deaths> deaths) {
    public SwapChange {
        inputsProcessed = Set.copyOf(inputsProcessed);
        inputParts = Set.copyOf(inputParts);
        outputs = List.copyOf(outputs);
        carried = List.copyOf(carried);
        deaths = List.copyOf(deaths);
    }

    /** @param planned the snapshot that the change, and the checkpoint, were made from */
    public Swap swap(
            UUID id,
            OrganizationId organization,
            ObjectSnapshot planned,
            Balance balance,
            NewCheckpoint checkpoint,
            Optional<Receipt> receipt) {
        return new Swap(
                id,
                organization,
                planned.object(),
                planned.version(),
                inputsProcessed,
                inputParts,
                outputs,
                carried,
                deaths,
                balance,
                checkpoint,
                receipt);
    }
}
