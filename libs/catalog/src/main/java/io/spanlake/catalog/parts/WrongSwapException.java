package io.spanlake.catalog.parts;

import io.spanlake.catalog.CatalogException;

/**
 * A swap that no race explains, for nothing was published since it was planned: an input that is not live, a deletion
 * vector that was not made from the last one, a row killed twice. Nothing was committed.
 */
public final class WrongSwapException extends CatalogException {
    private static final long serialVersionUID = 1L;

    public WrongSwapException(String message) {
        super(message);
    }
}
