package io.spanlake.storage.part.text;

/**
 * Eight bytes of a text at once, the first one lowest. What is found has the highest bit of each byte that it is true of. Letters
 * of other than ASCII are none here.
 */
final class AsciiLetters {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long CASE_BITS = 0x20 * ONES;
    /** From the highest bit of a byte to the one that tells lower case from upper. */
    private static final int TO_CASE_BIT = 2;

    private AsciiLetters() {}

    static long letters(long bytes) {
        return between(bytes | CASE_BITS, 'a', 'z');
    }

    static long digits(long bytes) {
        return between(bytes, '0', '9');
    }

    /** How many of the first bytes are marked. */
    static int leading(long marks) {
        return Long.numberOfTrailingZeros(~marks & HIGH_BITS) >>> 3;
    }

    /** How many of the first bytes are neither marked nor other than ASCII. */
    static int passed(long marks, long bytes) {
        return Long.numberOfTrailingZeros(marks | (bytes & HIGH_BITS)) >>> 3;
    }

    /** @param letters of these bytes */
    static long lower(long bytes, long letters) {
        return bytes | (letters >>> TO_CASE_BIT);
    }

    private static long between(long bytes, char lowest, char highest) {
        // Of seven bits each, so that no sum carries over into the next byte.
        long low = bytes & ~HIGH_BITS;
        long notBelow = low + (0x80 - lowest) * ONES;
        long above = low + (0x7F - highest) * ONES;
        return notBelow & ~above & ~bytes & HIGH_BITS;
    }
}
