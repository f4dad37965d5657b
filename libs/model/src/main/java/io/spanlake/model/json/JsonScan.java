package io.spanlake.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where a value ends. Made for bytes that {@link JsonCheck} has seen: it follows quotes and brackets only, and says
 * nothing about what lies between. Broken bytes end in a {@link JsonFormatException}, never outside the range.
 */
final class JsonScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long SPACES = ' ' * ONES;
    static final long BACKSLASHES = '\\' * ONES;

    private final byte[] bytes;
    private final int first;
    private final int end;

    /** @param first where offsets in messages count from */
    JsonScan(byte[] bytes, int first, int end) {
        this.bytes = bytes;
        this.first = first;
        this.end = end;
    }

    JsonFormatException fault(String what, int at) {
        return new JsonFormatException(what, at - first);
    }

    /** The place of the next byte that is no white space; {@code end} where there is none. */
    int afterSpace(int at) {
        int next = at;
        // One look where there is none, as a rule.
        while (next < end && bytes[next] <= ' ' && isSpace(bytes[next])) {
            next++;
        }
        return next;
    }

    int expect(int at, char wanted) {
        if (at >= end || bytes[at] != wanted) {
            throw fault("expected '" + wanted + "'", at);
        }
        return at + 1;
    }

    /** @param at the first byte of the value; returned is the place after its last */
    int afterValue(int at) {
        if (at >= end) {
            throw fault("expected a value", at);
        }
        return switch (bytes[at]) {
            case '"' -> afterString(at);
            case '{', '[' -> afterContainer(at);
            default -> afterScalar(at);
        };
    }

    /** @param at the opening quote; returned is the place after the closing one */
    int afterString(int at) {
        int next = expect(at, '"');
        while (true) {
            next = nextQuoteOrBackslash(next);
            if (next >= end) {
                throw fault("a string without end", at);
            }
            if (bytes[next] == '"') {
                return next + 1;
            }
            next += 2;
        }
    }

    /** The place of the next quote or backslash, {@code end} where there is none. */
    int nextQuoteOrBackslash(int at) {
        int next = at;
        while (next <= end - Long.BYTES) {
            long word = (long) LONGS.get(bytes, next);
            long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
            if (hits != 0) {
                return next + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            next += Long.BYTES;
        }
        while (next < end && bytes[next] != '"' && bytes[next] != '\\') {
            next++;
        }
        return next;
    }

    /**
     * The place of the next such byte, {@code end} where there is none.
     *
     * @param eightTimes the byte, eight times
     */
    static int nextOf(long eightTimes, byte[] bytes, int at, int end) {
        int next = at;
        while (next <= end - Long.BYTES) {
            long hits = zeroBytes((long) LONGS.get(bytes, next) ^ eightTimes);
            if (hits != 0) {
                return next + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            next += Long.BYTES;
        }
        while (next < end && bytes[next] != (byte) eightTimes) {
            next++;
        }
        return next;
    }

    /** The place of the next quote, backslash or control character, {@code end} where there is none. */
    int nextSpecial(int at) {
        int next = at;
        while (next <= end - Long.BYTES) {
            long word = (long) LONGS.get(bytes, next);
            long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | below(word, SPACES);
            if (hits != 0) {
                return next + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            next += Long.BYTES;
        }
        while (next < end && bytes[next] != '"' && bytes[next] != '\\' && (bytes[next] & 0xFF) >= ' ') {
            next++;
        }
        return next;
    }

    /** The lowest byte marked is a byte below the bound, as in {@link #zeroBytes}. */
    private static long below(long word, long bounds) {
        return (word - bounds) & ~word & HIGH_BITS;
    }

    /** The lowest byte marked is a zero byte; those above it may be marked wrongly, and are not looked at. */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    private int afterContainer(int at) {
        int depth = 0;
        int next = at;
        while (next < end) {
            switch (bytes[next]) {
                case '"' -> next = afterString(next);
                case '{', '[' -> {
                    depth++;
                    next++;
                }
                case '}', ']' -> {
                    depth--;
                    next++;
                    if (depth == 0) {
                        return next;
                    }
                }
                default -> next++;
            }
        }
        throw fault("a container without end", at);
    }

    private int afterScalar(int at) {
        int next = at;
        while (next < end && !endsScalar(bytes[next])) {
            next++;
        }
        if (next == at) {
            throw fault("expected a value", at);
        }
        return next;
    }

    private static boolean endsScalar(byte b) {
        return b == ',' || b == '}' || b == ']' || b == ':' || isSpace(b);
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
