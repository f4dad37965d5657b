package io.spanlake.catalog.parts;

import reactor.core.publisher.Mono;

/** Publishes what the compactor made. The only place of safety: leases only avoid double work. */
public interface Swaps {
    /**
     * In one transaction, serialised per object by a row lock: inputs go, outputs count, rows die, the version is one
     * more, blobs that nothing needs any more are retired. All of it or nothing.
     *
     * <p>The outcome is always known when this completes: a lost answer is resolved by the swap's id, and a repeated call
     * says what the first one did.
     *
     * <p>Errors, each with nothing committed: {@link io.spanlake.catalog.UnbalancedException}, {@link
     * WrongSwapException}, {@link io.spanlake.catalog.BlobDoomedException}. Any other means that the catalog could not be
     * asked.
     */
    Mono<SwapOutcome> swap(Swap swap);
}
