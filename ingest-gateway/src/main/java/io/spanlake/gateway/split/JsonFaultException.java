package io.spanlake.gateway.split;

/** The first thing that is wrong with the text. Expected, so without a stack trace. */
final class JsonFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    enum Kind {
        SYNTAX,
        /** Sound so far, but the text ends here. */
        ENDS,
        ENCODING,
        TOO_DEEP,
        TOO_MANY_KEYS
    }

    private final Kind kind;
    private final int at;

    /** @param at index into the array that the cursor walks */
    JsonFaultException(Kind kind, int at, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.at = at;
    }

    Kind kind() {
        return kind;
    }

    int at() {
        return at;
    }

    String fault() {
        return String.valueOf(getMessage());
    }
}
