package io.spanlake.catalog;

/** The catalog could not be asked, however often it was tried. Asking again later may help. */
public final class CatalogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
