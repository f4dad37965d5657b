package io.spanlake.benchmarks.replay;

import io.spanlake.model.ByteSlice;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One body of {@code POST /logs3}, used again and again under new ids. Whoever sends it claims it first and releases it
 * when it was answered.
 */
public final class Request {
    private static final String HEAD = "{\"rows\":[";
    private static final String TAIL = "],\"api_version\":2}";

    private final byte[] body;
    private final int[] free;
    private final List<ByteSlice> rows;
    private final long rowBytes;
    private final AtomicBoolean claimed = new AtomicBoolean();

    private Request(byte[] body, int[] free, List<ByteSlice> rows) {
        this.body = body;
        this.free = free;
        this.rows = rows;
        this.rowBytes = rows.stream().mapToLong(ByteSlice::length).sum();
    }

    static Request of(List<TimedRow> rows) {
        int length = HEAD.length() + TAIL.length() + rows.size() - 1;
        for (var row : rows) {
            length += row.json().length();
        }
        var body = new byte[length];
        var free = new int[rows.stream().mapToInt(row -> row.free().size()).sum()];
        var slices = new ByteSlice[rows.size()];
        int at = put(body, 0, HEAD);
        int next = 0;
        for (int i = 0; i < rows.size(); i++) {
            at = i == 0 ? at : put(body, at, ",");
            var json = rows.get(i).json();
            System.arraycopy(json.array(), json.offset(), body, at, json.length());
            for (int place : rows.get(i).free()) {
                free[next++] = at + place;
            }
            slices[i] = ByteSlice.of(body, at, json.length());
            at += json.length();
        }
        put(body, at, TAIL);
        return new Request(body, free, List.of(slices));
    }

    /**
     * Takes the request for one sending under ids that begin with these digits.
     *
     * @return false while an earlier sending of it is not answered
     */
    public boolean claim(int run, int pass) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        var digits = "%04x%04x".formatted(run & 0xFFFF, pass & 0xFFFF);
        for (int place : free) {
            put(body, place, digits);
        }
        return true;
    }

    public void release() {
        claimed.set(false);
    }

    /** The whole body; do not keep it beyond {@link #release}. */
    public byte[] body() {
        return body;
    }

    /** The JSON of each row, ranges of the body. */
    public List<ByteSlice> rows() {
        return rows;
    }

    /** Bytes of the rows alone: what throughput counts. */
    public long rowBytes() {
        return rowBytes;
    }

    /** Id of a row under the ids of this claim. */
    public String rowId(int index) {
        return rows.get(index).slice("{\"id\":\"".length(), 32).toUtf8();
    }

    /** The first row that begins a span, -1 where all are ends: that one was not there before this sending. */
    public int firstNewRow() {
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (row.slice(row.length() - 6, 6).toUtf8().equals("false}")) {
                return i;
            }
        }
        return -1;
    }

    /** Trace of a row under the ids of this claim. */
    public String traceId(int index) {
        int at = "{\"id\":\"".length() + 32 + "\",\"span_id\":\"".length() + 16 + "\",\"root_span_id\":\"".length();
        return rows.get(index).slice(at, 32).toUtf8();
    }

    private static int put(byte[] target, int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            target[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }
}
