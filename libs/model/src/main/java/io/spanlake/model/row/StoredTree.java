package io.spanlake.model.row;

import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonObjectFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which write put what into a fold, in the header of its stored row: a node for each field of the JSON, in its order, and
 * below those of several writes one for each of their fields.
 */
final class StoredTree {
    private final List<HistoryEntry> writes;
    private final BinaryReader in;

    StoredTree(List<HistoryEntry> writes, BinaryReader in) {
        this.writes = writes;
        this.in = in;
    }

    /** @param writes place of each write in the history */
    static void put(Fields fields, Map<Version, Integer> writes, BinaryWriter out) {
        fields.forEach((name, node) -> put(node, writes, out));
    }

    private static void put(Node node, Map<Version, Integer> writes, BinaryWriter out) {
        out.putVarint(
                index(node.newest(), writes) << Shape.BITS | Shape.of(node).code());
        switch (node) {
            case Whole whole -> {
                var paths = whole.merges();
                if (paths != null && !whole.mergesAll()) {
                    MergePathsCodec.put(paths, out);
                }
            }
            case Branch branch -> put(branch, writes, out);
        }
    }

    private static void put(Branch branch, Map<Version, Integer> writes, BinaryWriter out) {
        MergePathsCodec.put(Objects.requireNonNullElse(branch.top().merges(), MergePaths.NONE), out);
        out.putSlice(branch.top().value());
        var replaced = branch.replaced();
        if (replaced != null) {
            out.putVarint(index(replaced, writes));
        }
        put(branch.fields(), writes, out);
    }

    private static int index(Version version, Map<Version, Integer> writes) {
        return Objects.requireNonNull(writes.get(version), "a value of a write that is not in the history");
    }

    /** @param fields names and values of the row, in order */
    Fields next(List<JsonField> fields) {
        return next(fields, 0);
    }

    private Fields next(List<JsonField> fields, int depth) {
        if (depth > JsonLimits.DEPTH_CEILING) {
            throw in.fault("deeper than %d".formatted(JsonLimits.DEPTH_CEILING));
        }
        var nodes = new ArrayList<Node>(fields.size());
        for (var field : fields) {
            nodes.add(next(field, depth));
        }
        return Fields.of(fields, nodes);
    }

    private Node next(JsonField field, int depth) {
        int writeAndShape = in.nextVarint("shape");
        var version = version(writeAndShape >>> Shape.BITS);
        var shape = Shape.ofCode(writeAndShape & (1 << Shape.BITS) - 1);
        if (shape != Shape.REPLACES && !field.isObject()) {
            throw in.fault("a shape of an object that is none");
        }
        return switch (shape) {
            case REPLACES -> new Whole(version, field.rawName(), field.value(), null);
            case MERGES -> new Whole(version, field.rawName(), field.value(), MergePaths.NONE);
            case MERGES_BUT -> new Whole(version, field.rawName(), field.value(), MergePathsCodec.next(in));
            case BRANCH, REPLACED_BRANCH -> branch(field, version, shape, depth);
        };
    }

    private Branch branch(JsonField field, Version version, Shape shape, int depth) {
        var paths = MergePathsCodec.next(in);
        var value = in.nextSlice(in.nextVarint("newest value"), "newest value");
        if (value.length() == 0 || value.at(0) != '{') {
            throw in.fault("an object that is none");
        }
        var top = new Whole(version, field.rawName(), value, paths);
        var replaced = shape == Shape.REPLACED_BRANCH ? version(in.nextVarint("replacement")) : null;
        return new Branch(replaced, top, next(JsonObjectFields.of(field.value()), depth + 1));
    }

    private Version version(int index) {
        if (index >= writes.size()) {
            throw in.fault("write %d of %d".formatted(index, writes.size()));
        }
        return writes.get(index).version();
    }
}
