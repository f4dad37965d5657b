package io.spanlake.model.row;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import io.spanlake.model.binary.BinaryReader;
import io.spanlake.model.json.JsonLimits;
import io.spanlake.model.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowStateEncoder} writes, and believes nothing that does not fit. */
final class RowStateDecoder {
    private static final int STAMP_BYTES = Long.BYTES + Short.BYTES;
    /** Stamp, tie, kind, and a byte for each field that is absent. */
    private static final int ENTRY_BYTES_MIN = STAMP_BYTES + 8 + 1 + 8;

    private static final int COMMENT_BYTES_MIN = 1 + 3 + 1 + 2;
    private static final int NODE_BYTES_MIN = 1 + 2 + 1 + 2;

    private final ObjectRef object;
    private final BinaryReader in;
    private List<HistoryEntry> writes = List.of();
    private ByteSlice pool = ByteSlice.of(new byte[0]);

    RowStateDecoder(ObjectRef object, ByteSlice bytes) {
        this.object = object;
        this.in = new BinaryReader(bytes, RowStateFormatException::new);
    }

    RowState decode() {
        byte version = in.next("version");
        if (version != RowStateCodec.VERSION) {
            throw in.fault("version %d is not known".formatted(version));
        }
        try {
            String rowId = in.nextText("row id", Write.ID_BYTES_MAX);
            var state = switch (in.next("form")) {
                case RowStateCodec.ONE_WRITE -> RowState.of(write(rowId));
                case RowStateCodec.FOLD -> RowState.of(object, rowId, fold());
                default -> throw in.fault("neither a write nor a fold");
            };
            if (in.remaining() > 0) {
                throw in.fault("%d bytes after the state".formatted(in.remaining()));
            }
            return state;
        } catch (IllegalArgumentException e) {
            throw in.fault("no row state", e);
        }
    }

    static ByteSlice json(ByteSlice bytes) {
        var in = new BinaryReader(bytes, RowStateFormatException::new);
        if (in.next("version") != RowStateCodec.VERSION) {
            throw in.fault("this version is not known");
        }
        in.nextSlice(in.nextVarint("row id"), "row id");
        switch (in.next("form")) {
            case RowStateCodec.ONE_WRITE -> {
                in.next("kind");
                in.nextSlice(STAMP_BYTES, "stamp");
                in.nextSlice(Math.max(0, in.nextVarint("trace id") - 1), "trace id");
            }
            case RowStateCodec.FOLD -> {}
            default -> throw in.fault("neither a write nor a fold");
        }
        return in.nextSlice(in.nextVarint("JSON"), "JSON");
    }

    private Write write(String rowId) {
        var kind = WriteKind.ofCode(in.next("kind"));
        var stamp = stamp();
        var traceId = traceId();
        return new Write(object, rowId, traceId, stamp, kind, in.nextSlice(in.nextVarint("JSON"), "JSON"));
    }

    private Fold fold() {
        pool = in.nextSlice(in.nextVarint("values"), "values");
        var history = history();
        var comments = comments();
        return new Fold(history, fields(0), comments);
    }

    private History history() {
        int count = in.nextCount("writes", ENTRY_BYTES_MIN);
        var entries = new ArrayList<HistoryEntry>(count);
        for (int i = 0; i < count; i++) {
            var version = new Version(stamp(), in.nextLong("tie"));
            var kind = WriteKind.ofCode(in.next("kind"));
            var source = optional("source");
            var metadata = optional("metadata");
            var created = optional("created");
            var trace = new TraceFields(
                    traceId(),
                    optional("span id"),
                    optional("root span id"),
                    optional("parents"),
                    optional("parent's row"));
            if (i > 0 && !entries.getLast().version().isBefore(version)) {
                throw in.fault("writes out of order");
            }
            entries.add(new HistoryEntry(version, kind, source, metadata, created, trace));
        }
        var history = History.of(entries);
        if (history.entries().size() < count) {
            throw in.fault("writes before a delete, of which nothing is left");
        }
        writes = entries;
        return history;
    }

    private Comments comments() {
        int count = in.nextCount("comments", COMMENT_BYTES_MIN);
        Map<String, Comments.Comment> comments = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            var version = version();
            String id = key();
            boolean removed = flag();
            comments.put(id, new Comments.Comment(version, id, place("comment"), removed));
        }
        return Comments.of(comments);
    }

    private Fields fields(int depth) {
        if (depth > JsonLimits.DEPTH_CEILING) {
            throw in.fault("deeper than %d".formatted(JsonLimits.DEPTH_CEILING));
        }
        int count = in.nextCount("fields", NODE_BYTES_MIN);
        var nodes = new ArrayList<Node>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(node(depth));
        }
        return Fields.of(nodes);
    }

    private Node node(int depth) {
        var form = NodeForm.ofCode(in.next("form of a node"));
        var rawName = place("name");
        var version = version();
        var value = place("value");
        var paths = form == NodeForm.REPLACES ? null : MergePathsCodec.next(in);
        if (value.length() == 0 || (paths != null && value.at(0) != '{')) {
            throw in.fault("a value that is none");
        }
        var whole = new Whole(version, rawName, value, paths);
        if (form != NodeForm.BRANCH) {
            return whole;
        }
        int replaced = in.nextVarint("replacement");
        return new Branch(replaced == 0 ? null : version(replaced - 1), whole, fields(depth + 1));
    }

    private String key() {
        return JsonText.decodeString(in.nextSlice(in.nextVarint("key"), "key"));
    }

    private boolean flag() {
        byte flag = in.next("flag");
        if (flag != 0 && flag != 1) {
            throw in.fault("a flag that is none");
        }
        return flag == 1;
    }

    private Version version() {
        return version(in.nextVarint("write"));
    }

    private Version version(int index) {
        if (index >= writes.size()) {
            throw in.fault("write %d of %d".formatted(index, writes.size()));
        }
        return writes.get(index).version();
    }

    private ByteSlice place(String what) {
        int first = in.nextVarint(what);
        int length = in.nextVarint(what);
        if (first > pool.length() || length > pool.length() - first) {
            throw in.fault("a %s outside of the values".formatted(what));
        }
        return pool.slice(first, length);
    }

    private Stamp stamp() {
        return new Stamp(new TransactionId(in.nextLong("transaction")), in.nextUnsignedShort("position"));
    }

    private Optional<String> traceId() {
        int lengthAndOne = in.nextVarint("trace id");
        return lengthAndOne == 0
                ? Optional.empty()
                : Optional.of(in.nextText("trace id", lengthAndOne - 1, Write.ID_BYTES_MAX));
    }

    /** A copy: a small field of the history must not keep the state's bytes in memory. */
    private @Nullable ByteSlice optional(String what) {
        int lengthAndOne = in.nextVarint(what);
        return lengthAndOne == 0
                ? null
                : ByteSlice.of(in.nextSlice(lengthAndOne - 1, what).toArray());
    }
}
