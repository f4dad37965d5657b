package io.spanlake.model.row;

/**
 * What stands at a path, whichever writes put it there. The code is written into stored rows and never changes its meaning.
 */
enum Shape {
    /** A value that replaced what was there. */
    REPLACES(0),
    /** An object that merged, all of it. */
    MERGES(1),
    /** An object that merged but for some paths. */
    MERGES_BUT(2),
    /** An object of several writes, none of which replaced what was there. */
    BRANCH(3),
    /** An object of several writes, of which one replaced what was there. */
    REPLACED_BRANCH(4);

    static final int BITS = 3;

    private static final Shape[] BY_CODE = values();

    private final int code;

    Shape(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Shape of(Node node) {
        return switch (node) {
            case Whole whole when whole.merges() == null -> REPLACES;
            case Whole whole -> whole.mergesAll() ? MERGES : MERGES_BUT;
            case Branch branch -> branch.replaced() == null ? BRANCH : REPLACED_BRANCH;
        };
    }

    /** @throws IllegalArgumentException where no shape has this code */
    static Shape ofCode(int code) {
        if (code >= BY_CODE.length) {
            throw new IllegalArgumentException("no shape has the code " + code);
        }
        return BY_CODE[code];
    }

    /** What a value has below what replaced, or merged: nothing needs to be said of it. */
    static Shape usual(boolean belowReplaced, boolean isObject) {
        return isObject && !belowReplaced ? MERGES : REPLACES;
    }
}
