package io.spanlake.gateway.split;

import io.spanlake.model.ByteSlice;

/** A body that is in memory as a whole. */
record WholeBody(ByteSlice body) implements TextWindow {
    @Override
    public byte[] bytes() {
        return body.array();
    }

    @Override
    public int first() {
        return body.offset();
    }

    @Override
    public int end() {
        return body.offset() + body.length();
    }

    @Override
    public long offset() {
        return -body.offset();
    }

    @Override
    public boolean more(int keepFrom) {
        return false;
    }
}
