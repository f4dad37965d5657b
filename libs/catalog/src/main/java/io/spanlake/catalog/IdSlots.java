package io.spanlake.catalog;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Keeps apart the processes that make transaction ids of their own clocks: a slot is a part of the id's counter, and no
 * two hold the same one at a time. A slot that has run out is left alone for {@link #REST} before another gets it.
 */
public interface IdSlots {
    int SLOTS = 128;

    /** How long a slot rests after its lease: covers clocks that drift and requests that were slow to leave. */
    Duration REST = Duration.ofMinutes(1);

    /**
     * Takes the slot that has been free for longest. The holder counts the lease from before it asked.
     *
     * @param holder says to people who has it
     * @return an error, {@link NoFreeIdSlotException}, where all are held
     */
    Mono<IdSlot> claim(String holder, Duration lease);

    /** Holds it for that long from now; an error, {@link IdSlotLostException}, where it is not the holder's any more. */
    Mono<IdSlot> renew(IdSlot slot, Duration lease);

    /** Gives it back before its time. It rests all the same. One that is lost already is no error. */
    Mono<Void> release(IdSlot slot);
}
