package io.spanlake.catalog.rebuild;

import reactor.core.publisher.Mono;

/** Writes a rebuilt catalog. Nothing else may use the database meanwhile. */
public interface CatalogRebuild {
    /** Whether the tables of the log and of what is made of it are empty. Only then they may be rebuilt. */
    Mono<Boolean> isEmpty();

    /**
     * Fills the tables, positions last, so that nobody can claim a partition of a half of it.
     *
     * @param epoch larger than any that the lost catalog ever gave: seconds since 1970 are
     */
    Mono<Void> write(RebuiltCatalog catalog, long epoch);
}
