package io.spanlake.catalog;

/** All slots are held, or rest. */
public final class NoFreeIdSlotException extends CatalogException {
    private static final long serialVersionUID = 1L;

    NoFreeIdSlotException() {
        super("all %d id slots are held, or rest for %s after their last holder"
                .formatted(IdSlots.SLOTS, IdSlots.REST));
    }
}
