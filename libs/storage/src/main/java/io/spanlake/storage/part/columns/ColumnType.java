package io.spanlake.storage.part.columns;

/**
 * What a column holds, and so which values of JSON it can hold exactly; others are left out of it. The code is written
 * into files and never changes its meaning.
 */
public enum ColumnType {
    /** {@code true} and {@code false}. */
    BOOLEAN(1),
    /** Numbers whose value is an integer of 64 bits, however they were written: 5, 5.0, 0.5e1. */
    INTEGER(2),
    /** Numbers that a double gives back: its shortest decimal form has the value that was sent. */
    DOUBLE(3),
    /** Strings that UTF-8 can carry, up to the length that the column allows. */
    TEXT(4),
    /** Instants in microseconds, from 1970 to the year 2261. */
    TIME(5),
    /** Arrays of such strings. */
    TEXTS(6);

    private final int code;

    ColumnType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether values have a sum; that of booleans counts what is true. */
    public boolean hasSum() {
        return this == BOOLEAN || this == INTEGER || this == DOUBLE;
    }

    /** @throws IllegalArgumentException where no type has this code */
    public static ColumnType ofCode(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no column type has the code " + code);
    }
}
