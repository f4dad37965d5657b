package io.spanlake.storage.part.index;

/**
 * Numbers as bytes that sort, unsigned, as the numbers do: exactly, whatever their digits. Equal numbers are equal bytes
 * ({@code 1}, {@code 1.0}, {@code 10e-1}), and no number is the beginning of another.
 *
 * <ol>
 *   <li>A number that is not 0 is ±0.d₁d₂d₃… × 10^e with d₁ ≠ 0 and no trailing zeros.
 *   <li>Zero is {@code 80}. A positive number is its exponent, then its digits.
 *   <li>An exponent of −32 to 31 is one byte, {@code C0 + e}; a larger one {@code E0} and 4 bytes of e, highest first; a
 *       smaller one {@code 81} and 4 bytes of e + 2³¹. Beyond ±2³⁰ it is taken for ±2³⁰.
 *   <li>Digits go two in a byte, {@code 2 × (10 a + b) + 1}; the last byte has no {@code + 1}.
 *   <li>A negative number is its positive one with all bits turned.
 * </ol>
 */
final class SortableDecimal {
    /** More than any double or decimal has; what is cut here is no longer exact. */
    static final int DIGITS_MAX = 4_000;

    private static final int EXPONENT_MAX = 1 << 30;
    private static final int ZERO = 0x80;
    private static final int LOW_EXPONENT = 0x81;
    private static final int EXPONENT_BASE = 0xC0;
    private static final int HIGH_EXPONENT = 0xE0;
    private static final int SHORT_EXPONENT = 32;

    private SortableDecimal() {}

    /**
     * Appends the JSON number that stands in the bytes.
     *
     * @return whether it is exact: not cut by a limit
     */
    static boolean append(TermBytes target, byte[] bytes, int first, int next) {
        boolean negative = bytes[first] == '-';
        int from = negative ? first + 1 : first;
        int mantissaEnd = from;
        while (mantissaEnd < next && (bytes[mantissaEnd] | 0x20) != 'e') {
            mantissaEnd++;
        }
        int point = from;
        while (point < mantissaEnd && bytes[point] != '.') {
            point++;
        }
        int firstDigit = from;
        while (firstDigit < mantissaEnd && (bytes[firstDigit] == '0' || bytes[firstDigit] == '.')) {
            firstDigit++;
        }
        if (firstDigit == mantissaEnd) {
            target.put(ZERO);
            return true;
        }
        int digitsEnd = mantissaEnd;
        while (bytes[digitsEnd - 1] == '0' || bytes[digitsEnd - 1] == '.') {
            digitsEnd--;
        }
        long scale = firstDigit < point ? point - firstDigit : point - firstDigit + 1L;
        long wanted = scale + exponent(bytes, Math.min(mantissaEnd + 1, next), next);
        int exponent = Math.clamp(wanted, -EXPONENT_MAX, EXPONENT_MAX);
        int start = target.term().length;
        putExponent(target, exponent);
        boolean whole = putDigits(target, bytes, firstDigit, digitsEnd);
        if (negative) {
            turn(target, start);
        }
        return whole && exponent == wanted;
    }

    private static void putExponent(TermBytes target, int exponent) {
        if (exponent >= SHORT_EXPONENT) {
            target.put(HIGH_EXPONENT).putInt(exponent);
        } else if (exponent >= -SHORT_EXPONENT) {
            target.put(EXPONENT_BASE + exponent);
        } else {
            target.put(LOW_EXPONENT).putInt(exponent + Integer.MIN_VALUE);
        }
    }

    private static boolean putDigits(TermBytes target, byte[] bytes, int first, int next) {
        int high = -1;
        int count = 0;
        for (int at = first; at < next && count < DIGITS_MAX; at++) {
            if (bytes[at] != '.') {
                int digit = bytes[at] - '0';
                count++;
                if (high < 0) {
                    high = digit;
                } else {
                    target.put(2 * (10 * high + digit) + 1);
                    high = -1;
                }
            }
        }
        if (high >= 0) {
            target.put(20 * high + 1);
        }
        var term = target.term();
        term.bytes[term.length - 1]--;
        return count < DIGITS_MAX;
    }

    private static void turn(TermBytes target, int start) {
        var term = target.term();
        for (int at = start; at < term.length; at++) {
            term.bytes[at] = (byte) ~term.bytes[at];
        }
    }

    /** Of the digits after the {@code e}; far beyond any number's range it stops growing. */
    private static long exponent(byte[] bytes, int first, int next) {
        boolean negative = first < next && bytes[first] == '-';
        long value = 0;
        for (int at = first; at < next; at++) {
            if (bytes[at] >= '0' && bytes[at] <= '9') {
                value = Math.min(10 * value + bytes[at] - '0', 1L << 40);
            }
        }
        return negative ? -value : value;
    }
}
