package io.spanlake.query.tail;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random writes of few rows and few traces, so that everything happens to each of them. */
public final class Histories {
    public static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, "p");
    public static final long BEGIN_SECONDS = 1_700_000_000L;

    private final Random random;
    private final ObjectRef object;
    private int transactions;

    public Histories(Random random, ObjectRef object) {
        this.random = random;
        this.object = object;
    }

    /** The next writes, each in a transaction of its own, in the order of their stamps. */
    public List<Write> writes(int count, int rows) {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < count; i++) {
            writes.add(write("row-" + random.nextInt(rows)));
        }
        return writes;
    }

    private Write write(String rowId) {
        var stamp = new Stamp(TransactionId.of(BEGIN_SECONDS + transactions++, 7), random.nextInt(3));
        var trace = random.nextInt(3) == 0 ? Optional.<String>empty() : Optional.of("trace-" + random.nextInt(4));
        return switch (random.nextInt(8)) {
            case 0 ->
                new Write(object, rowId, Optional.empty(), stamp, WriteKind.DELETE, json(rowId, Optional.empty(), ""));
            case 1 ->
                new Write(
                        object,
                        rowId,
                        Optional.empty(),
                        stamp,
                        WriteKind.COMMENT,
                        ByteSlice.ofUtf8("{\"id\":\"c%d\",\"origin\":{\"id\":\"%s\"},\"comment\":{\"text\":\"well\"}}"
                                .formatted(transactions, rowId)));
            case 2, 3, 4 ->
                new Write(
                        object,
                        rowId,
                        trace,
                        stamp,
                        WriteKind.MERGE,
                        json(rowId, trace, ",\"output\":" + transactions));
            default ->
                new Write(
                        object, rowId, trace, stamp, WriteKind.FULL, json(rowId, trace, ",\"input\":" + transactions));
        };
    }

    private ByteSlice json(String rowId, Optional<String> trace, String more) {
        var root = trace.map(",\"span_id\":\"s\",\"root_span_id\":\"%s\""::formatted)
                .orElse("");
        var metrics = random.nextBoolean() ? ",\"metrics\":{\"start\":" + random.nextInt(1000) + ".5}" : "";
        return ByteSlice.ofUtf8("{\"id\":\"%s\"%s%s%s}".formatted(rowId, root, metrics, more));
    }
}
