package io.spanlake.rebuild;

import io.spanlake.blobstore.BlobEntry;
import io.spanlake.blobstore.BlobStore;
import io.spanlake.catalog.parts.Checkpoint;
import io.spanlake.catalog.parts.CheckpointCodec;
import io.spanlake.catalog.parts.CheckpointFormatException;
import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.catalog.rebuild.CheckpointChoice;
import io.spanlake.catalog.rebuild.StoredCheckpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads of each object's checkpoints the newest version, and older ones until one is whole. */
final class CheckpointScan {
    private static final int OBJECTS_AT_A_TIME = 8;

    private final BlobStore store;
    private final Scheduler decode;

    CheckpointScan(BlobStore store, Scheduler decode) {
        this.store = store;
        this.decode = decode;
    }

    Mono<Scanned<StoredCheckpoint>> read(List<BlobEntry> blobs, Map<String, Long> bytes) {
        var folders = blobs.stream()
                .filter(blob -> CheckpointNames.isCheckpoint(blob.name().value()))
                .collect(Collectors.groupingBy(CheckpointScan::folder, TreeMap::new, Collectors.toList()));
        return Flux.fromIterable(folders.values())
                .flatMap(ofObject -> new OfObject(bytes).read(ofObject), OBJECTS_AT_A_TIME)
                .collectList()
                .map(CheckpointScan::joined);
    }

    private static Scanned<StoredCheckpoint> joined(List<Scanned<StoredCheckpoint>> all) {
        return new Scanned<>(
                all.stream().flatMap(scanned -> scanned.found().stream()).toList(),
                all.stream().flatMap(scanned -> scanned.problems().stream()).toList());
    }

    private static String folder(BlobEntry blob) {
        String name = blob.name().value();
        return name.substring(0, name.lastIndexOf('/'));
    }

    private final class OfObject {
        private final Map<String, Long> bytes;
        private final List<StoredCheckpoint> found = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        OfObject(Map<String, Long> bytes) {
            this.bytes = bytes;
        }

        Mono<Scanned<StoredCheckpoint>> read(Collection<BlobEntry> blobs) {
            var versions = blobs.stream()
                    .collect(Collectors.groupingBy(
                            blob -> CheckpointNames.versionOf(blob.name().value()), TreeMap::new, Collectors.toList()));
            return Flux.fromIterable(versions.descendingMap().values())
                    .concatMap(this::readVersion, 0)
                    .takeUntil(whole -> whole)
                    .then(Mono.fromSupplier(() -> new Scanned<>(found, problems)));
        }

        /**
         * Reads all of them, for the first that is whole need not be the one that counts.
         *
         * @return whether one of them is whole
         */
        private Mono<Boolean> readVersion(List<BlobEntry> blobs) {
            return Flux.fromIterable(blobs)
                    .concatMap(this::readOne)
                    .collectList()
                    .map(read -> read.stream().anyMatch(checkpoint -> CheckpointChoice.isWhole(checkpoint, bytes)));
        }

        private Mono<Checkpoint> readOne(BlobEntry blob) {
            String name = blob.name().value();
            return store.read(blob.name(), 0, Math.toIntExact(blob.bytes()))
                    .flatMap(content -> Mono.fromCallable(() -> CheckpointCodec.decode(name, content))
                            .subscribeOn(decode))
                    .doOnNext(checkpoint -> found.add(new StoredCheckpoint(name, blob.bytes(), checkpoint)))
                    .onErrorResume(CheckpointFormatException.class, unreadable -> {
                        problems.add(String.valueOf(unreadable.getMessage()));
                        return Mono.empty();
                    });
        }
    }
}
