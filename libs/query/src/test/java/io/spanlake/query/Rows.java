package io.spanlake.query;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.ObjectRef;
import io.spanlake.model.Stamp;
import io.spanlake.model.TransactionId;
import io.spanlake.model.Write;
import io.spanlake.model.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Full rows of an object, one transaction each. */
public final class Rows {
    private final ObjectRef object;
    private int count;

    public Rows(ObjectRef object) {
        this.object = object;
    }

    /** The next rows, each in a trace of ten. */
    public List<Write> next(int rows) {
        return next(rows, "");
    }

    public List<Write> next(int rows, String input) {
        var writes = new ArrayList<Write>();
        for (int i = 0; i < rows; i++) {
            writes.add(row(count++, input));
        }
        return writes;
    }

    private Write row(int number, String input) {
        var trace = "trace-" + number / 10;
        var json = "{\"id\":\"row-%d\",\"root_span_id\":\"%s\",\"span_id\":\"s%d\",\"input\":\"%s\"}"
                .formatted(number, trace, number, input);
        return new Write(
                object,
                "row-" + number,
                Optional.of(trace),
                new Stamp(TransactionId.of(1_700_000_000L + number, 1), 0),
                WriteKind.FULL,
                ByteSlice.ofUtf8(json));
    }
}
