package io.spanlake.gateway.split;

/** Where the memory for what is known of each row comes from: small rows need more for that than for their JSON. */
@FunctionalInterface
public interface RowMemory {
    /** Heap of a row's keys, its id and trace as text, and its place in lists; measured on rows of a few fields. */
    int BYTES_PER_ROW = 400;

    /** @throws io.spanlake.service.errors.RefusedException 429 where there is none */
    void reserve(long bytes);
}
