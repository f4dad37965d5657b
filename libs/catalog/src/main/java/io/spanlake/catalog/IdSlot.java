package io.spanlake.catalog;

import java.time.Instant;

/**
 * A slot that is held.
 *
 * @param slot      0 to 127
 * @param token     tells this lease of the slot from every other
 * @param expiresAt by the clock of the catalog: for people; a holder counts by its own
 */
public record IdSlot(int slot, long token, Instant expiresAt) {
    public IdSlot {
        if (slot < 0 || slot >= IdSlots.SLOTS) {
            throw new IllegalArgumentException("a slot is 0 to %d, this one %d".formatted(IdSlots.SLOTS - 1, slot));
        }
    }
}
