package io.spanlake.model.envelope;

import org.jspecify.annotations.Nullable;

/** A record that is no envelope, or one cut or altered. The message names the place and never shows content. */
public final class EnvelopeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EnvelopeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
