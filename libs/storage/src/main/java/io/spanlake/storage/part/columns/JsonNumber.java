package io.spanlake.storage.part.columns;

import io.spanlake.model.ByteSlice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** What a number of JSON is, by its value and not by the way it is written. */
sealed interface JsonNumber {
    /** An integer of 64 bits. */
    record Whole(long value) implements JsonNumber {}

    /** No such integer, but the double's shortest decimal form has the same value. */
    record Real(double value) implements JsonNumber {}

    /** More digits or a larger exponent than a double has. */
    enum Beyond implements JsonNumber {
        BEYOND
    }

    /** Below ten to this power every integer fits into 64 bits. */
    int SURE_DIGITS = 18;

    /** @param text a number as JSON has it */
    static JsonNumber of(ByteSlice text) {
        return isPlain(text) ? new Whole(plain(text)) : other(new String(text.toArray(), StandardCharsets.US_ASCII));
    }

    private static boolean isPlain(ByteSlice text) {
        int first = text.at(0) == '-' ? 1 : 0;
        int digits = text.length() - first;
        for (int i = first; i < text.length(); i++) {
            if (text.at(i) < '0' || text.at(i) > '9') {
                return false;
            }
        }
        return digits >= 1 && digits <= SURE_DIGITS;
    }

    private static long plain(ByteSlice text) {
        boolean negative = text.at(0) == '-';
        long value = 0;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            value = 10 * value + (text.at(i) - '0');
        }
        return negative ? -value : value;
    }

    private static JsonNumber other(String text) {
        double near = Double.parseDouble(text);
        if (near == 0) {
            // The exponent may be anything then, and a decimal of it too large to be built.
            return isZero(text) ? new Whole(0) : Beyond.BEYOND;
        }
        if (Double.isInfinite(near)) {
            return Beyond.BEYOND;
        }
        var exact = new BigDecimal(text);
        if (near == Math.rint(near) && Math.abs(near) <= 0x1p63) {
            var whole = exact.stripTrailingZeros();
            if (whole.scale() <= 0 && whole.toBigIntegerExact().bitLength() < Long.SIZE) {
                return new Whole(whole.longValueExact());
            }
        }
        return BigDecimal.valueOf(near).compareTo(exact) == 0 ? new Real(near) : Beyond.BEYOND;
    }

    private static boolean isZero(String text) {
        for (int i = 0; i < text.length() && (text.charAt(i) | ' ') != 'e'; i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether a double is this integer. */
    static boolean fitsDouble(long value) {
        double near = (double) value;
        return near != 0x1p63 && (long) near == value;
    }
}
