package io.spanlake.query.value;

/** One value of a query: of a row's JSON, of a literal, or computed. Immutable; equality is by form: see {@link Canonical}. */
public sealed interface Value
        permits NullValue, BooleanValue, NumberValue, TimeValue, IntervalValue, TextValue, ArrayValue, ObjectValue {

    default boolean isNull() {
        return false;
    }
}
