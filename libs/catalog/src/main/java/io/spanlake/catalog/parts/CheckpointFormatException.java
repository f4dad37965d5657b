package io.spanlake.catalog.parts;

/** A blob that is no checkpoint, or one that this program cannot read. */
public final class CheckpointFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckpointFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
