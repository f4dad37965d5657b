/**
 * Transaction ids: drawn from Redis, or from this gateway's own clock while Redis is away.
 *
 * <p>1. {@code TransactionIds} gathers all requests that wait at a moment. 2. One Lua call ({@code SharedCounter} says what
 * it computes) draws for all of them from counters 0 to 0x7FFF. 3. Where Redis does not answer, is new, or is ahead of this
 * gateway's clock, {@code ClockCounter} draws from counters 0x8000 and up, in a slot that {@code SlotLease} holds in the
 * catalog. Whatever the source, a draw is greater than every id that this gateway has seen.
 */
@NullMarked
package io.spanlake.gateway.xact;

import org.jspecify.annotations.NullMarked;
