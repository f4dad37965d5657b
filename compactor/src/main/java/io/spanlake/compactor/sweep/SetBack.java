package io.spanlake.compactor.sweep;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobName;
import io.spanlake.blobstore.BlobNotFoundException;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.CheckpointCodec;
import io.spanlake.catalog.parts.CheckpointFormatException;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.catalog.work.Sweeps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds out whether the catalog was set back, as by a backup that was put in its place: whether the store has a checkpoint of
 * swaps that it does not know. To such a catalog the newest parts are orphans, and what they were made of, which it still
 * lists, may be gone. Blocks; thread-safe.
 */
public final class SetBack {
    /** Who dies between its checkpoint and its swap leaves one of the next version; never one beyond it. */
    private static final long VERSIONS_LEFT_BY_DEATHS = 1;

    /** Its first checkpoint needs a row of the object, which cuts make. */
    private static final long UNKNOWN = -1;

    private static final int STATS_IN_FLIGHT = 8;

    private final Sweeps sweeps;
    private final BlobStore blobs;

    public SetBack(Sweeps sweeps, BlobStore blobs) {
        this.sweeps = sweeps;
        this.blobs = blobs;
    }

    /** A checkpoint that is too new for the catalog; empty where there is none. Lists the whole store. */
    public Optional<String> find() {
        var stored = Objects.requireNonNull(blobs.list("orgs/")
                .filter(blob -> CheckpointNames.isCheckpoint(blob.name().value()))
                .collectList()
                .block());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        // Asked after the store: what is published meanwhile brings the catalog nearer to it.
        var versions = Objects.requireNonNull(sweeps.versions().block());
        return firstWhole(stored.stream()
                .filter(blob -> isAhead(blob.name().value(), versions))
                .toList());
    }

    private static boolean isAhead(String checkpoint, Map<String, Long> versions) {
        long known = versions.getOrDefault(CheckpointNames.folderOf(checkpoint), UNKNOWN);
        return CheckpointNames.versionOf(checkpoint) > known + VERSIONS_LEFT_BY_DEATHS;
    }

    /** One whose blobs are damaged or gone is what a rebuild has passed over, and tells of nothing. */
    private Optional<String> firstWhole(List<BlobEntry> checkpoints) {
        return Flux.fromIterable(checkpoints)
                .filterWhen(this::isWhole)
                .next()
                .map(blob -> blob.name().value())
                .blockOptional();
    }

    private Mono<Boolean> isWhole(BlobEntry blob) {
        return blobs.read(blob.name(), 0, Math.toIntExact(blob.bytes()))
                .map(bytes -> CheckpointCodec.decode(blob.name().value(), bytes))
                .flatMapIterable(checkpoint -> checkpoint.blobs().entrySet())
                .flatMap(needed -> isThere(needed.getKey(), needed.getValue()), STATS_IN_FLIGHT)
                .all(there -> there)
                .onErrorReturn(CheckpointFormatException.class, false)
                .onErrorReturn(BlobNotFoundException.class, false);
    }

    private Mono<Boolean> isThere(String name, long bytes) {
        return blobs.stat(new BlobName(name))
                .map(found -> found.bytes() == bytes)
                .onErrorReturn(BlobNotFoundException.class, false);
    }
}
