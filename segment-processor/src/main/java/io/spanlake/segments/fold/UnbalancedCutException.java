package io.spanlake.segments.fold;

/** What came out of a fold is not what went in: a bug or corruption. Nothing of it was stored. */
public final class UnbalancedCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnbalancedCutException(String message) {
        super(message);
    }
}
