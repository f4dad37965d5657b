package io.spanlake.query.column;

/** What is needed of a path; each includes those before it. */
public enum ColumnNeed {
    /** Whether there is a value. */
    PRESENCE,
    /** Which, and not how a row wrote it: 5 or 5.0. */
    VALUE,
    /** Also what it is as a text, which a column knows of texts only. */
    TEXT;

    /** Whether the vector tells it of all rows that it does not leave out. */
    public boolean isMetBy(ColumnVector vector) {
        return this != TEXT
                || vector instanceof ColumnVector.Coded
                || vector instanceof ColumnVector.Names
                || vector instanceof ColumnVector.Nothing;
    }

    ColumnNeed or(ColumnNeed other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
