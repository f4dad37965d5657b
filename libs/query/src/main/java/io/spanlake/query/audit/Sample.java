package io.spanlake.query.audit;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.Placement;
import io.spanlake.model.Stamp;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some writes of one object, and where each was found. Not thread-safe. */
final class Sample {
    private final ObjectRef object;
    private final Map<String, List<Sampled>> byRow = new HashMap<>();

    /** One write, and what is known of it. */
    static final class Sampled {
        final Write write;
        int places;
        boolean rowLives;
        Fate place = Fate.LOST;
        boolean endedByDelete;

        private Sampled(Write write) {
            this.write = write;
        }

        private void isIn(Fate where) {
            places++;
            place = where;
        }

        long rowHash() {
            return Placement.hash(write.rowId());
        }

        /** A delete that nothing is left of has ended all there was; a comment or a row that is gone has not. */
        boolean isExplainedByDelete() {
            return endedByDelete || write.kind() == WriteKind.DELETE;
        }
    }

    Sample(ObjectRef object, Collection<Write> writes) {
        this.object = object;
        writes.forEach(write ->
                byRow.computeIfAbsent(write.rowId(), _ -> new ArrayList<>()).add(new Sampled(write)));
    }

    ObjectRef object() {
        return object;
    }

    Collection<String> rows() {
        return byRow.keySet();
    }

    List<Sampled> all() {
        return byRow.values().stream().flatMap(List::stream).toList();
    }

    List<Sampled> unexplained() {
        return all().stream()
                .filter(sampled -> sampled.places == 0 && !sampled.isExplainedByDelete())
                .toList();
    }

    void allAreIn(Fate where) {
        all().forEach(sampled -> sampled.isIn(where));
    }

    /** A state of the row lives there and remembers these writes. */
    void found(String rowId, Collection<Stamp> stamps, Fate where) {
        for (var sampled : byRow.getOrDefault(rowId, List.of())) {
            sampled.rowLives = true;
            if (stamps.contains(sampled.write.stamp())) {
                sampled.isIn(where);
            }
        }
    }

    /** The row was deleted with this stamp. */
    void deleted(String rowId, Stamp stamp) {
        byRow.getOrDefault(rowId, List.of()).forEach(sampled -> ends(sampled, stamp));
    }

    /** The same where the row is known by its hash alone. */
    void deleted(long rowHash, Stamp stamp) {
        all().stream().filter(sampled -> sampled.rowHash() == rowHash).forEach(sampled -> ends(sampled, stamp));
    }

    private static void ends(Sampled sampled, Stamp delete) {
        sampled.endedByDelete |= delete.compareTo(sampled.write.stamp()) > 0;
    }
}
