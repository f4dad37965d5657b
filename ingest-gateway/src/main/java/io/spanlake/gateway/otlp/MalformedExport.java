package io.spanlake.gateway.otlp;

/** The body is no export request. Nothing of it was stored. The message names what and where, never a value. */
final class MalformedExport extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedExport(String message) {
        super(message, null, false, false);
    }
}
