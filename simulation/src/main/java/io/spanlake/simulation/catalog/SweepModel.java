package io.spanlake.simulation.catalog;

import io.spanlake.catalog.parts.CheckpointNames;
import io.spanlake.catalog.work.RetiredBlob;
import io.spanlake.simulation.catalog.Tables.Blob;
import io.spanlake.simulation.catalog.Tables.BlobState;
import io.spanlake.simulation.catalog.Tables.Position;
import io.spanlake.simulation.catalog.Tables.Reign;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be deleted, said plainly. */
class SweepModel {
    private static final int REIGNS_KEPT = 8;

    final Tables tables;

    SweepModel(Tables tables) {
        this.tables = tables;
    }

    List<RetiredBlob> due(Duration grace, int most) {
        var before = tables.now().minus(grace);
        return tables.blobs.entrySet().stream()
                .filter(entry -> entry.getValue().state() == BlobState.RETIRED
                        && entry.getValue().changedAt().isBefore(before))
                .sorted(Comparator.comparing((Map.Entry<String, Blob> entry) ->
                                entry.getValue().changedAt())
                        .thenComparing(entry -> entry.getKey().contains(".dv-"))
                        .thenComparing(Map.Entry::getKey))
                .limit(most)
                .map(entry -> new RetiredBlob(
                        entry.getKey(),
                        entry.getValue().bytes(),
                        entry.getValue().changedAt()))
                .toList();
    }

    void swept(Collection<String> names) {
        for (var name : new TreeSet<>(names)) {
            var blob = tables.blobs.get(name);
            if (blob == null || blob.state() != BlobState.RETIRED) {
                continue;
            }
            tables.blobs.remove(name);
            tables.cutBlob(name).ifPresent(gone -> tables.cutBlobs.remove(gone.id));
            tables.logBlob(name).ifPresent(gone -> {
                tables.logSections.removeIf(section -> section.blob() == gone.id());
                tables.logBlobs.remove(gone.id());
            });
        }
        tables.walReigns.keySet().removeIf(reign -> isLongOver(reign, tables.wal.get(reign.partition())));
        tables.processedReigns.keySet().removeIf(reign -> isLongOver(reign, tables.processed.get(reign.partition())));
    }

    private static boolean isLongOver(Reign reign, @Nullable Position position) {
        return position != null && reign.epoch() <= position.epoch - REIGNS_KEPT;
    }

    Set<String> doom(Collection<String> names) {
        var doomed = new HashSet<String>();
        for (var name : new TreeSet<>(names)) {
            var blob = tables.blobs.computeIfAbsent(
                    name, _ -> new Blob(BlobState.DOOMED, tables.now(), Optional.empty(), 0));
            if (blob.state() == BlobState.DOOMED) {
                doomed.add(name);
            }
        }
        return doomed;
    }

    Map<String, Long> versions() {
        return tables.published.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> CheckpointNames.folder(entry.getValue().organization, entry.getKey()),
                        entry -> entry.getValue().version));
    }
}
