package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a fold what only older writes could ask for, where none can come any more.
 *
 * <ol>
 *   <li>All that is left in it is older than all that it may meet; so one version, that of its last write, does for all.
 *   <li>An object of several writes is one value again, where all below it replaced or all merged; else its shape stays,
 *       because a newer object that covers all of it stands as it was sent only where nothing had replaced its path.
 *   <li>Of the fields that stand, what was said first stays with the write that decides.
 * </ol>
 */
final class Settling {
    private final Version version;

    private Settling(Version version) {
        this.version = version;
    }

    /** Empty where two of its writes have one stamp: only their ties say which is the later one. */
    static Optional<Fold> of(Fold fold) {
        if (hasTwins(fold.history().entries())) {
            return Optional.empty();
        }
        var history = settled(fold.history());
        var settling = new Settling(history.last().version());
        return Optional.of(new Fold(history, fold.fields().map(settling::settled), settled(fold.comments()), true));
    }

    private static boolean hasTwins(List<HistoryEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            var stamp = entries.get(i).version().stamp();
            if (stamp.equals(entries.get(i - 1).version().stamp())) {
                return true;
            }
        }
        return false;
    }

    private static History settled(History history) {
        int trace = history.traceIndex();
        int first = history.entries().size() - history.living().size();
        var created = history.created().orElse(null);
        var entries = new ArrayList<HistoryEntry>();
        for (var entry : history.entries()) {
            int index = entries.size();
            entries.add(settled(
                    entry, index == first ? created : null, index == trace ? history.trace() : TraceFields.NONE));
        }
        return History.of(entries);
    }

    private static HistoryEntry settled(HistoryEntry entry, @Nullable ByteSlice created, TraceFields trace) {
        boolean told = entry.kind() == WriteKind.FULL || entry.kind() == WriteKind.MERGE;
        return new HistoryEntry(
                Version.settled(entry.version().stamp()),
                entry.kind(),
                told ? entry.source() : null,
                told ? entry.metadata() : null,
                created,
                trace);
    }

    /** A comment that was removed kept older ones away; there are none. */
    private static Comments settled(Comments comments) {
        var left = new TreeMap<String, Comments.Comment>();
        for (var comment : comments.present()) {
            var version = Version.settled(comment.version().stamp());
            left.put(comment.id(), new Comments.Comment(version, comment.id(), comment.json(), false));
        }
        return Comments.of(left);
    }

    private Node settled(Node node) {
        return switch (node) {
            case Whole whole -> new Whole(version, whole.rawName(), whole.value(), whole.merges());
            case Branch branch -> settled(branch);
        };
    }

    private Node settled(Branch branch) {
        var fields = branch.fields().map(this::settled);
        boolean replaced = branch.replaced() != null;
        return node(version, branch.rawName(), rendered(fields), replaced, fields);
    }

    /** An object of a settled fold, in its shortest form. */
    static Node node(Version version, ByteSlice rawName, ByteSlice value, boolean replaced, Fields fields) {
        var merging = new Whole(version, rawName, value, MergePaths.NONE);
        for (var below : fields.nodes()) {
            if (Shape.of(below) != Shape.usual(replaced, isObject(below))) {
                return new Branch(replaced ? version : null, merging, fields);
            }
        }
        return replaced ? new Whole(version, rawName, value, null) : merging;
    }

    private static boolean isObject(Node node) {
        return switch (node) {
            case Whole whole -> whole.isObject();
            case Branch branch -> true;
        };
    }

    private static ByteSlice rendered(Fields fields) {
        var out = new JsonOutput((int) Math.min(fields.bytes(), 1 << 20));
        fields.writeTo(out);
        return out.toSlice();
    }
}
