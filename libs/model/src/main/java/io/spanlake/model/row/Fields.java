package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonField;
import io.spanlake.model.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Nodes by the text of their key, in the order of its UTF-16 units. Immutable. */
final class Fields {
    static final Fields NONE = new Fields(List.of());

    private static final long FIELD_OVERHEAD_BYTES = 72;

    private record Field(String name, Node node) {}

    private final List<Field> sorted;

    private Fields(List<Field> sorted) {
        this.sorted = sorted;
    }

    /**
     * What one write says.
     *
     * @param fields each key once
     * @param merges paths at which the write replaces; null where it replaces all of them
     */
    static Fields of(Collection<JsonField> fields, Version version, @Nullable MergePaths merges) {
        var nodes = new ArrayList<Field>(fields.size());
        for (var field : fields) {
            boolean merging = merges != null && field.isObject() && !merges.replacesAt(field.name());
            var below = merging && merges != null ? merges.below(field.name()) : null;
            nodes.add(new Field(field.name(), new Whole(version, field.rawName(), field.value(), below)));
        }
        nodes.sort(Comparator.comparing(Field::name));
        return new Fields(nodes);
    }

    /** @throws IllegalArgumentException where the names are not in order, or one stands twice */
    static Fields of(List<Node> inOrder) {
        var fields = new ArrayList<Field>(inOrder.size());
        for (var node : inOrder) {
            var field = new Field(JsonText.decodeString(node.rawName()), node);
            if (!fields.isEmpty() && fields.getLast().name.compareTo(field.name) >= 0) {
                throw new IllegalArgumentException("names out of order");
            }
            fields.add(field);
        }
        return new Fields(fields);
    }

    /**
     * @param sent  names and values of one object
     * @param nodes what stands at each of them
     * @throws IllegalArgumentException where the names are not in order, or one stands twice
     */
    static Fields of(List<JsonField> sent, List<Node> nodes) {
        var fields = new ArrayList<Field>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            String name = sent.get(i).name();
            if (i > 0 && fields.getLast().name.compareTo(name) >= 0) {
                throw new IllegalArgumentException("names out of order");
            }
            fields.add(new Field(name, nodes.get(i)));
        }
        return new Fields(fields);
    }

    Fields map(UnaryOperator<Node> change) {
        return new Fields(sorted.stream()
                .map(field -> new Field(field.name, change.apply(field.node)))
                .toList());
    }

    List<Node> nodes() {
        return sorted.stream().map(Field::node).toList();
    }

    int count() {
        return sorted.size();
    }

    static Fields join(Fields a, Fields b, @Nullable Version clear) {
        var joined = new ArrayList<Field>(a.sorted.size() + b.sorted.size());
        int i = 0;
        int j = 0;
        while (i < a.sorted.size() || j < b.sorted.size()) {
            int order = order(a, i, b, j);
            var one = order <= 0 ? a.sorted.get(i++) : b.sorted.get(j++);
            var node = order == 0 ? Node.join(one.node, b.sorted.get(j++).node, clear) : one.node.since(clear);
            add(joined, one, node);
        }
        return new Fields(joined);
    }

    private static int order(Fields a, int i, Fields b, int j) {
        if (i == a.sorted.size()) {
            return 1;
        }
        return j == b.sorted.size() ? -1 : a.sorted.get(i).name.compareTo(b.sorted.get(j).name);
    }

    Fields since(@Nullable Version clear) {
        var left = new ArrayList<Field>(sorted.size());
        for (var field : sorted) {
            add(left, field, field.node.since(clear));
        }
        return new Fields(left);
    }

    private static void add(List<Field> target, Field field, @Nullable Node node) {
        if (node != null) {
            target.add(node == field.node ? field : new Field(field.name, node));
        }
    }

    /** The oldest write that is left, not later than the one given. */
    Version oldest(Version atMost) {
        var oldest = atMost;
        for (var field : sorted) {
            var version = field.node.oldest();
            oldest = version.isBefore(oldest) ? version : oldest;
        }
        return oldest;
    }

    void forEach(BiConsumer<String, Node> action) {
        for (var field : sorted) {
            action.accept(field.name, field.node);
        }
    }

    /** Names and values, each whole value once. */
    void forEachPiece(Consumer<ByteSlice> action) {
        for (var field : sorted) {
            action.accept(field.node.rawName());
            switch (field.node) {
                case Whole whole -> action.accept(whole.value());
                case Branch branch -> branch.fields().forEachPiece(action);
            }
        }
    }

    void writeTo(JsonOutput out) {
        out.open('{');
        for (var field : sorted) {
            out.name(field.node.rawName());
            field.node.writeTo(out);
        }
        out.close('}');
    }

    /** Length of their JSON, a comma more at most for each object. */
    long jsonBytes() {
        long bytes = 2;
        for (var field : sorted) {
            bytes += field.node.rawName().length() + 2 + field.node.jsonBytes();
        }
        return bytes;
    }

    long bytes() {
        long bytes = 0;
        for (var field : sorted) {
            bytes += FIELD_OVERHEAD_BYTES + field.name.length() + field.node.bytes();
        }
        return bytes;
    }
}
