package io.spanlake.gateway.split;

import java.util.Arrays;

/** The part of a streamed body that is being looked at: grows with the largest row, not with the body. */
final class SlidingWindow implements TextWindow {
    private static final int FIRST_BYTES = 1 << 20;

    private final BodySource source;
    private final RowMemory memory;
    private final int bytesMax;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int end;
    private long offset;

    SlidingWindow(BodySource source, int bytesMax, RowMemory memory) {
        this.source = source;
        this.memory = memory;
        this.bytesMax = Math.max(FIRST_BYTES, bytesMax);
        memory.reserve(FIRST_BYTES);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int first() {
        return 0;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public boolean more(int keepFrom) {
        System.arraycopy(bytes, keepFrom, bytes, 0, end - keepFrom);
        offset += keepFrom;
        end -= keepFrom;
        if (end == bytes.length) {
            grow();
        }
        int read = source.read(bytes, end, bytes.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    private void grow() {
        int larger = (int) Math.min(2L * bytes.length, bytesMax);
        if (larger == bytes.length) {
            throw new IllegalStateException("a window of %d bytes is full".formatted(bytes.length));
        }
        memory.reserve(larger - (long) bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
    }
}
