package io.spanlake.query.value;

public enum BooleanValue implements Value {
    FALSE,
    TRUE;

    public static BooleanValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public boolean isTrue() {
        return this == TRUE;
    }
}
