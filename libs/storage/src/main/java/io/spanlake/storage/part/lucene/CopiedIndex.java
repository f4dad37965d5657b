package io.spanlake.storage.part.lucene;

import java.nio.file.Path;

/** The index of a part of which some rows go on in another part as they are. */
public final class CopiedIndex {
    /** What does not go on. */
    public static final int GONE = -1;

    private final Path folder;
    private final int[] ordinals;

    /**
     * @param folder   its files
     * @param ordinals of each of its rows the ordinal in the other part; {@link #GONE} where it does not go on, or not as it is.
     *                 Not copied
     */
    public CopiedIndex(Path folder, int[] ordinals) {
        this.folder = folder;
        this.ordinals = ordinals;
    }

    public Path folder() {
        return folder;
    }

    public boolean goesOn(int row) {
        return ordinals[row] != GONE;
    }

    /** Of a row that goes on. */
    public int ordinal(int row) {
        return ordinals[row];
    }
}
