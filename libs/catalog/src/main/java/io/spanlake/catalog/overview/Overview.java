package io.spanlake.catalog.overview;

import reactor.core.publisher.Mono;

/** Counts what the catalog lists, in one statement and so in one snapshot. Reads sums, never names. */
public interface Overview {
    Mono<CatalogOverview> now();
}
