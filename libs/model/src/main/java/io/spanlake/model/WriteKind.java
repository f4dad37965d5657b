package io.spanlake.model;

/** What a write does to its row. The code is written into files and records and never changes its meaning. */
public enum WriteKind {
    /** Replaces the whole row. */
    FULL(1),
    /** Merges deep into the row, except at its {@code _merge_paths}. */
    MERGE(2),
    /** Ends the row; a later write begins it anew. */
    DELETE(3),
    /** Puts one comment into the row that it names as its origin: a patch. */
    COMMENT(4);

    private final int code;

    WriteKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException where no kind has this code */
    public static WriteKind ofCode(int code) {
        if (code < 1 || code > values().length) {
            throw new IllegalArgumentException("no kind of write has the code " + code);
        }
        return values()[code - 1];
    }
}
