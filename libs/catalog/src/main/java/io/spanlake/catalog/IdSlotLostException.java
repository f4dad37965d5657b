package io.spanlake.catalog;

/** The lease ran out: another process may hold the slot now. */
public final class IdSlotLostException extends CatalogException {
    private static final long serialVersionUID = 1L;

    IdSlotLostException(int slot) {
        super("the lease of id slot %d has run out".formatted(slot));
    }
}
