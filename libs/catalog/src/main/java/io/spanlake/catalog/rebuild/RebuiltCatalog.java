package io.spanlake.catalog.rebuild;

import io.spanlake.catalog.LogOffset;
import io.spanlake.model.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the tables are to say.
 *
 * @param published  of each object the checkpoint that counts
 * @param logged     sections that count, each with the objects that need it
 * @param wal        how far each partition is in the log
 * @param processed  how far each is processed
 * @param ended      where each incarnation ended that another followed
 * @param widths     of objects that use more than one partition
 * @param problems   what a person has to know, in words
 */
public record RebuiltCatalog(
        List<StoredCheckpoint> published,
        List<LoggedSection> logged,
        Map<Integer, LogOffset> wal,
        Map<Integer, LogOffset> processed,
        List<EndedLog> ended,
        Map<ObjectRef, Integer> widths,
        List<String> problems) {
    public RebuiltCatalog {
        published = List.copyOf(published);
        logged = List.copyOf(logged);
        wal = Map.copyOf(wal);
        processed = Map.copyOf(processed);
        ended = List.copyOf(ended);
        widths = Map.copyOf(widths);
        problems = List.copyOf(problems);
    }

    /** With what else a person has to know. */
    public RebuiltCatalog and(List<String> more) {
        var all = new ArrayList<>(problems);
        all.addAll(more);
        return new RebuiltCatalog(published, logged, wal, processed, ended, widths, all);
    }

    /** @param next offset after the last that is known of it */
    public record EndedLog(int partition, int incarnation, long next) {}
}
