package io.spanlake.query.match;

import io.spanlake.model.AbandonedException;

/** A text whose reader ends once nobody waits for it. Not thread-safe. */
final class CheckedText implements CharSequence {
    /** What takes a moment anyway is not worth it. */
    static final int LENGTH_MIN = 16 << 10;

    private static final int CHARS_BETWEEN = 1_024;

    private final String text;
    private int read;

    CheckedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++read % CHARS_BETWEEN == 0) {
            AbandonedException.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int first, int next) {
        return text.subSequence(first, next);
    }

    @Override
    public String toString() {
        return text;
    }
}
