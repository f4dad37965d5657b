package io.spanlake.standalone;

/** Why a command cannot go on, in words for the person who typed it: what is wrong, then what to do. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
