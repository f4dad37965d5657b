package io.spanlake.gateway.split;

/** The part of a body that is in memory. */
interface TextWindow {
    byte[] bytes();

    /** Index of the first byte that is still wanted. */
    int first();

    /** Index behind the last byte. */
    int end();

    /** What to add to an index to have the place in the body. Changes with {@link #more}. */
    long offset();

    /**
     * Gets more of the body, keeping all from that index on. Indexes are others afterwards.
     *
     * @return false where the body has no more
     */
    boolean more(int keepFrom);
}
