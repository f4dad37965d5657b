package io.spanlake.benchmarks.queries;

import io.spanlake.model.ByteSlice;
import io.spanlake.model.json.JsonObjectFields;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Spans again and again: ids are others in each copy, times whole weeks earlier. Only digits are changed, so a copy has the
 * bytes of its model everywhere else.
 */
final class SpanCopies {
    private static final long WEEK_NANOS = 7L * 24 * 3600 * 1_000_000_000L;
    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");
    private static final Set<String> TIMES = Set.of("start", "end");
    private static final int SALTED_DIGITS = 4;
    private static final int NANOS_DIGITS = 19;
    private static final int ODD = 0x9E3779B1;

    private SpanCopies() {}

    /** @param copy 0 is the span itself */
    static ByteSlice of(ByteSlice line, int copy) {
        if (copy == 0) {
            return line;
        }
        var bytes = line.toArray();
        var all = ByteSlice.of(bytes);
        for (var field : JsonObjectFields.of(all)) {
            var value = field.value();
            if (value.at(0) == '"' && IDS.contains(field.name())) {
                salt(bytes, value.offset() + value.length() - 2, (copy * ODD) >>> 16);
            } else if (value.length() == NANOS_DIGITS + 2 && TIMES.contains(field.name())) {
                move(bytes, value.offset() + 1, -copy * WEEK_NANOS);
            }
        }
        return all;
    }

    private static void salt(byte[] bytes, int lastDigit, int salt) {
        for (int k = 0; k < SALTED_DIGITS; k++) {
            int digit = Character.digit(bytes[lastDigit - k], 16);
            if (digit < 0) {
                return;
            }
            bytes[lastDigit - k] = (byte) Character.forDigit(digit ^ ((salt >>> (4 * k)) & 15), 16);
        }
    }

    private static void move(byte[] bytes, int first, long nanos) {
        long time = Long.parseLong(new String(bytes, first, NANOS_DIGITS, StandardCharsets.US_ASCII));
        var moved = Long.toString(time + nanos).getBytes(StandardCharsets.US_ASCII);
        if (moved.length == NANOS_DIGITS) {
            System.arraycopy(moved, 0, bytes, first, NANOS_DIGITS);
        }
    }
}
