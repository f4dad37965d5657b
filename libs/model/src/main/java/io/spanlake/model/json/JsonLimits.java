package io.spanlake.model.json;

/**
 * How far one JSON value may go.
 *
 * @param depthMax       objects and arrays inside each other; also bounds recursion, so at most {@link #DEPTH_CEILING}
 * @param keysMax        keys in all objects together
 * @param keyCharsMax    UTF-16 units of one key
 * @param numberCharsMax characters of one number
 */
public record JsonLimits(int depthMax, int keysMax, int keyCharsMax, int numberCharsMax) {
    /**
     * Merging and rendering recurse once a level. At 1,000 levels the stack of a thread, 1 MiB, was too small for them where
     * the JVM's first compiler alone had seen the code.
     */
    public static final int DEPTH_CEILING = 600;

    /** Depth 500 is what other readers built on Jackson take without being told. */
    public static final JsonLimits DEFAULT = new JsonLimits(500, 500_000, 65_536, 1_000);

    public JsonLimits {
        if (depthMax < 1 || depthMax > DEPTH_CEILING) {
            throw new IllegalArgumentException("depthMax is 1 to %d, not %d".formatted(DEPTH_CEILING, depthMax));
        }
        if (keysMax < 1 || keyCharsMax < 1 || numberCharsMax < 1) {
            throw new IllegalArgumentException("a limit below 1: %d keys, %d characters a key, %d a number"
                    .formatted(keysMax, keyCharsMax, numberCharsMax));
        }
    }
}
