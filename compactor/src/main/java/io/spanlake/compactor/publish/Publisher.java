package io.spanlake.compactor.publish;

import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.parts.CheckpointCodec;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.catalog.parts.NewCheckpoint;
import io.spanlake.catalog.parts.Receipt;
import io.spanlake.catalog.parts.SwapChange;
import io.spanlake.catalog.parts.SwapOutcome;
import io.spanlake.catalog.parts.Swaps;
import io.spanlake.compactor.CompactionStep;
import io.spanlake.compactor.Failpoints;
import io.spanlake.compactor.job.Outputs;
import io.spanlake.compactor.job.Target;
import io.spanlake.storage.container.FreshNames;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes what a job has made count, by one swap: {@code receipt → checkpoint → swap}. Blocks; thread-safe. */
public final class Publisher {
    private final Swaps swaps;
    private final BlobStore blobs;
    private final ReceiptTimes times;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Failpoints failpoints;

    public Publisher(
            Swaps swaps,
            BlobStore blobs,
            ReceiptTimes times,
            InstantSource clock,
            RandomGenerator random,
            Failpoints failpoints) {
        this.swaps = swaps;
        this.blobs = blobs;
        this.times = times;
        this.clock = clock;
        this.random = random;
        this.failpoints = failpoints;
    }

    /** Errors are those of {@link Swaps#swap}; with each of them nothing counts, and what was put is an orphan. */
    public SwapOutcome publish(Target target, Outputs outputs) {
        var id = new UUID(random.nextLong(), random.nextLong());
        var receipt = receipt(target, outputs);
        var change = new SwapChange(
                outputs.inputSections(), outputs.inputParts(), outputs.parts(), outputs.carried(), outputs.deaths());
        var checkpoint = checkpoint(target, change, id);
        failpoints.reached(CompactionStep.CHECKPOINT_STORED);
        var swap = change.swap(id, target.organization(), target.snapshot(), outputs.balance(), checkpoint, receipt);
        return Objects.requireNonNull(swaps.swap(swap).block());
    }

    private NewCheckpoint checkpoint(Target target, SwapChange change, UUID swap) {
        var checkpoint = Checkpoint.after(target.organization(), target.snapshot(), change);
        var name = CheckpointNames.of(checkpoint, swap);
        var encoded = CheckpointCodec.encode(checkpoint);
        blobs.putIfAbsent(new BlobName(name), List.of(encoded)).block();
        return new NewCheckpoint(name, encoded.length(), checkpoint.floors());
    }

    private Optional<Receipt> receipt(Target target, Outputs outputs) {
        if (outputs.erased().isEmpty()) {
            return Optional.empty();
        }
        var now = clock.instant();
        var kafka = now.plus(times.kafka());
        var storage = now.plus(times.sweepGrace()).plus(times.softDelete());
        var gone = target.snapshot().parts().stream()
                .filter(part -> outputs.inputParts().contains(part.id()))
                .map(part -> part.file().name())
                .toList();
        var json = ReceiptJson.of(target, outputs.erased(), gone, now, kafka, storage);
        var name =
                new BlobName(target.organization().blobPrefix() + "receipts/" + FreshNames.ulid(now, random) + ".json");
        blobs.putIfAbsent(name, List.of(json)).block();
        return Optional.of(
                new Receipt(name.value(), json.length(), outputs.erased().size(), kafka, storage));
    }
}
