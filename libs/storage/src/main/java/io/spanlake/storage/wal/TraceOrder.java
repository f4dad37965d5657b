package io.spanlake.storage.wal;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which writes are packed: by object; within it the traces as they first came; within a trace by stamp. A
 * write that names no trace counts under its row id. Agent traces repeat themselves, so neighbours compress well.
 */
final class TraceOrder {
    private static final Comparator<Write> BY_STAMP = Comparator.comparing(Write::stamp, Stamp::compareTo);

    private TraceOrder() {}

    static SortedMap<ObjectRef, List<Write>> of(List<Write> writes) {
        var traces = new TreeMap<ObjectRef, SequencedMap<String, List<Write>>>();
        // Neighbours mostly belong to the same object.
        @Nullable ObjectRef last = null;
        SequencedMap<String, List<Write>> byTrace = new LinkedHashMap<>();
        for (var write : writes) {
            if (!write.object().equals(last)) {
                last = write.object();
                byTrace = traces.computeIfAbsent(last, _ -> new LinkedHashMap<>());
            }
            byTrace.computeIfAbsent(write.placementKey(), _ -> new ArrayList<>())
                    .add(write);
        }
        var ordered = new TreeMap<ObjectRef, List<Write>>();
        traces.forEach((object, its) -> ordered.put(object, flatten(its)));
        return ordered;
    }

    private static List<Write> flatten(SequencedMap<String, List<Write>> byTrace) {
        var flat = new ArrayList<Write>();
        for (var trace : byTrace.values()) {
            trace.sort(BY_STAMP);
            flat.addAll(trace);
        }
        return flat;
    }
}
