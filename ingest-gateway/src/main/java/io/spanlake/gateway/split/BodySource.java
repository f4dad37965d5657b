package io.spanlake.gateway.split;

/** A body that is read piece by piece. Blocks. */
@FunctionalInterface
public interface BodySource {
    /** Reads up to that many bytes; -1 where the body has ended, else at least one. */
    int read(byte[] into, int at, int bytesMax);
}
