package io.spanlake.model.row;

import org.jspecify.annotations.Nullable;

/** Bytes that are no row state, or one cut or altered. The message names the place and never shows content. */
public final class RowStateFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowStateFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
