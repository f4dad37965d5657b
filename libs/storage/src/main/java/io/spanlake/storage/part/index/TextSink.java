package io.spanlake.storage.part.index;

import io.spanlake.model.json.JsonCursor;

/** Gets the strings of rows on the walk that the index of paths and values makes, so that each row is walked once. */
public interface TextSink {
    /** Keeps no text. */
    TextSink NONE = new TextSink() {
        @Override
        public void beginRow(int ordinal) {}

        @Override
        public int field(String name) {
            return NO_TEXT;
        }

        @Override
        public int string(int field, JsonCursor string, int guess) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int generation() {
            return 0;
        }
    };

    int NO_TEXT = -1;

    int NO_GUESS = -1;

    /** @param ordinal larger than those before */
    void beginRow(int ordinal);

    /** The number of a top-level field, {@link #NO_TEXT} where its strings are not to be given. Always the same. */
    int field(String name);

    /**
     * @param guess the number that it has if it is the text that it may be; {@link #NO_GUESS} without one
     * @return a number that the same bytes have each time while {@link #generation()} is the same
     */
    int string(int field, JsonCursor string, int guess);

    /** Changes between rows only. */
    int generation();
}
