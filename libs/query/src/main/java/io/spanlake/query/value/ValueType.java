package io.spanlake.query.value;

/** What is known of the values of a column before any is read. */
public enum ValueType {
    BOOLEAN("boolean"),
    INTEGER("integer"),
    NUMBER("number"),
    STRING("string"),
    TIME("string"),
    INTERVAL("string"),
    ARRAY("array"),
    OBJECT("object"),
    ANY("");

    private final String jsonName;

    ValueType(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The type in JSON Schema, empty where it may be any. */
    public String jsonName() {
        return jsonName;
    }

    public static ValueType of(Value value) {
        return switch (value) {
            case NullValue _ -> ANY;
            case BooleanValue _ -> BOOLEAN;
            case LongValue _ -> INTEGER;
            case DecimalValue _ -> NUMBER;
            case TextValue _ -> STRING;
            case TimeValue _ -> TIME;
            case IntervalValue _ -> INTERVAL;
            case ArrayValue _ -> ARRAY;
            case ObjectValue _ -> OBJECT;
        };
    }

    /** The type of values that are of the one or the other. */
    public ValueType or(ValueType other) {
        if (this == other) {
            return this;
        }
        boolean numbers = (this == INTEGER || this == NUMBER) && (other == INTEGER || other == NUMBER);
        return numbers ? NUMBER : ANY;
    }
}
