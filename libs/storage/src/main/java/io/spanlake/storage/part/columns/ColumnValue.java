package io.spanlake.storage.part.columns;

/** One value of a column that has an order. */
public sealed interface ColumnValue {
    record Whole(long value) implements ColumnValue {}

    record Real(double value) implements ColumnValue {}

    /** Texts are ordered by code points. */
    record Text(String value) implements ColumnValue {
        /** Never the content: payloads do not belong in logs. */
        @Override
        public String toString() {
            return "text of %d characters".formatted(value.length());
        }
    }

    record Time(long epochMicros) implements ColumnValue {}
}
