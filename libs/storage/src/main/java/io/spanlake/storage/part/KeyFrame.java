package io.spanlake.storage.part;

import io.spanlake.model.ByteSlice;
import io.spanlake.storage.container.ByteInput;
import io.spanlake.storage.container.ByteOutput;
import io.spanlake.storage.container.CorruptBlobException;
import io.spanlake.storage.container.IdText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of a group as bytes, field after field, so that what is alike lies together. Layout: docs/formats/part.md. */
final class KeyFrame {
    private static final int RUN_BYTES_MIN = 2;

    private KeyFrame() {}

    static ByteOutput encode(List<RowEntry> rows) {
        var out = new ByteOutput(64 * rows.size() + 64);
        traces(out, rows);
        rows.forEach(row -> out.varint(row.arrival()));
        var ids = rows.stream().map(row -> IdText.encode(row.rowId())).toList();
        ids.forEach(id -> out.varint(id.length));
        rows.forEach(row -> out.varint(row.header().length()));
        ids.forEach(id -> out.bytes(id, 0, id.length));
        rows.forEach(row -> out.bytes(row.header()));
        return out;
    }

    /** Runs of rows with one trace; without one a run of zero bytes. */
    private static void traces(ByteOutput out, List<RowEntry> rows) {
        int first = 0;
        while (first < rows.size()) {
            var trace = rows.get(first).traceId();
            int next = first + 1;
            while (next < rows.size() && rows.get(next).traceId().equals(trace)) {
                next++;
            }
            out.varint(next - first).u8(trace.isPresent() ? 1 : 0);
            trace.ifPresent(id -> out.blob(IdText.encode(id)));
            first = next;
        }
    }

    /** @throws CorruptBlobException where these are not the keys of so many rows */
    static List<RowEntry> decode(String what, byte[] bytes, int rows) {
        var in = ByteInput.of(what, ByteSlice.of(bytes));
        try {
            var decoded = decode(in, rows);
            if (!in.isAtEnd()) {
                throw in.corrupt("bytes after the last row");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new CorruptBlobException(what + ": " + e.getMessage(), e);
        }
    }

    private static List<RowEntry> decode(ByteInput in, int rows) {
        var traces = traces(in, rows);
        int[] arrivals = numbers(in, rows);
        int[] idBytes = numbers(in, rows);
        int[] headerBytes = numbers(in, rows);
        var ids = new ArrayList<String>(rows);
        for (int bytes : idBytes) {
            ids.add(IdText.decode(in.bytes(bytes)));
        }
        var entries = new ArrayList<RowEntry>(rows);
        for (int i = 0; i < rows; i++) {
            entries.add(new RowEntry(ids.get(i), traces.get(i), arrivals[i], in.bytes(headerBytes[i])));
        }
        return entries;
    }

    private static List<Optional<String>> traces(ByteInput in, int rows) {
        var traces = new ArrayList<Optional<String>>(rows);
        while (traces.size() < rows) {
            int run = in.varint32();
            if (run < 1 || run > rows - traces.size() || in.remaining() < RUN_BYTES_MIN) {
                throw in.corrupt("a trace of %d rows where %d are left".formatted(run, rows - traces.size()));
            }
            var trace = in.u8() == 0 ? Optional.<String>empty() : Optional.of(IdText.decode(in.blob()));
            for (int i = 0; i < run; i++) {
                traces.add(trace);
            }
        }
        return traces;
    }

    private static int[] numbers(ByteInput in, int rows) {
        if (in.remaining() < rows) {
            throw in.corrupt("%d bytes of %d rows".formatted(in.remaining(), rows));
        }
        var numbers = new int[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = in.varint32();
        }
        return numbers;
    }
}
