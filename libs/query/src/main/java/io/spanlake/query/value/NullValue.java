package io.spanlake.query.value;

/** A missing path, JSON {@code null} and SQL {@code NULL}. */
public enum NullValue implements Value {
    NULL;

    @Override
    public boolean isNull() {
        return true;
    }
}
