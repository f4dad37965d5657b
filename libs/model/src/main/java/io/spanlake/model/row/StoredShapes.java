package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.binary.BinaryWriter;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonObjectFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Shapes of the values of a settled row. Of most nothing is said, as {@link Shape#usual} has them; the others are named by
 * their place among the fields of their object.
 */
final class StoredShapes {
    private static final int SHAPE_BYTES_MIN = 1;

    private StoredShapes() {}

    static boolean unusual(Fields fields, boolean belowReplaced) {
        return fields.nodes().stream().anyMatch(node -> isUnusual(node, belowReplaced));
    }

    private static boolean isUnusual(Node node, boolean belowReplaced) {
        return Shape.of(node) != usual(node, belowReplaced);
    }

    private static Shape usual(Node node, boolean belowReplaced) {
        return switch (node) {
            case Whole whole -> Shape.usual(belowReplaced, whole.isObject());
            case Branch branch -> Shape.usual(belowReplaced, true);
        };
    }

    static void put(Fields fields, boolean belowReplaced, BinaryWriter out) {
        var nodes = fields.nodes();
        out.putVarint((int)
                nodes.stream().filter(node -> isUnusual(node, belowReplaced)).count());
        int next = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (isUnusual(nodes.get(i), belowReplaced)) {
                put(nodes.get(i), i - next, out);
                next = i + 1;
            }
        }
    }

    private static void put(Node node, int skipped, BinaryWriter out) {
        out.putVarint(skipped << Shape.BITS | Shape.of(node).code());
        switch (node) {
            case Whole whole -> {
                var paths = whole.merges();
                if (paths != null && !whole.mergesAll()) {
                    MergePathsCodec.put(paths, out);
                }
            }
            case Branch branch -> put(branch.fields(), branch.replaced() != null, out);
        }
    }

    /** @param fields names and values of the row, in order */
    static Fields next(List<JsonField> fields, boolean belowReplaced, Version version, BinaryReader in) {
        return next(fields, belowReplaced, version, in, 0);
    }

    private static Fields next(
            List<JsonField> fields, boolean belowReplaced, Version version, BinaryReader in, int depth) {
        if (depth > JsonLimits.DEPTH_CEILING) {
            throw in.fault("deeper than %d".formatted(JsonLimits.DEPTH_CEILING));
        }
        var nodes = new ArrayList<>(usual(fields, belowReplaced, version));
        long next = 0;
        for (int left = in.nextCount("shapes", SHAPE_BYTES_MIN); left > 0; left--) {
            int skippedAndShape = in.nextVarint("shape");
            next += skippedAndShape >>> Shape.BITS;
            if (next >= fields.size()) {
                throw in.fault("a shape of a field that is not there");
            }
            var shape = Shape.ofCode(skippedAndShape & (1 << Shape.BITS) - 1);
            nodes.set((int) next, node(fields.get((int) next), shape, version, in, depth));
            next++;
        }
        return Fields.of(fields, nodes);
    }

    /** What the fields are where nothing is said of them. */
    static Fields usualFields(List<JsonField> fields, boolean belowReplaced, Version version) {
        return Fields.of(fields, usual(fields, belowReplaced, version));
    }

    private static List<Node> usual(List<JsonField> fields, boolean belowReplaced, Version version) {
        var nodes = new ArrayList<Node>(fields.size());
        for (var field : fields) {
            boolean merges = Shape.usual(belowReplaced, field.isObject()) == Shape.MERGES;
            nodes.add(new Whole(version, field.rawName(), field.value(), merges ? MergePaths.NONE : null));
        }
        return nodes;
    }

    private static Node node(JsonField field, Shape shape, Version version, BinaryReader in, int depth) {
        if (shape != Shape.REPLACES && !field.isObject()) {
            throw in.fault("a shape of an object that is none");
        }
        var name = field.rawName();
        var value = field.value();
        return switch (shape) {
            case REPLACES -> new Whole(version, name, value, null);
            case MERGES -> new Whole(version, name, value, MergePaths.NONE);
            case MERGES_BUT -> new Whole(version, name, value, MergePathsCodec.next(in));
            case BRANCH, REPLACED_BRANCH -> branch(name, value, shape == Shape.REPLACED_BRANCH, version, in, depth);
        };
    }

    private static Node branch(
            ByteSlice name, ByteSlice value, boolean replaced, Version version, BinaryReader in, int depth) {
        var below = next(JsonObjectFields.of(value), replaced, version, in, depth + 1);
        return Settling.node(version, name, value, replaced, below);
    }
}
