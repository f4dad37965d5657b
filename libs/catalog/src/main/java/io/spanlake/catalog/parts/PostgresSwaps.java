package io.spanlake.catalog.parts;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.BlobFaults;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.CatalogFault;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.UnbalancedException;
import reactor.core.publisher.Mono;

/**
 * {@link Swaps} in PostgreSQL. Where an answer is lost the statement is sent again: it waits for the lock of one that
 * still runs, and then finds the version grown. By whom, the swap's id tells.
 */
public final class PostgresSwaps implements Swaps {
    private final CatalogDatabase database;

    public PostgresSwaps(CatalogDatabase database) {
        this.database = database;
    }

    /** @param version of the object, as it was found */
    private record Verdict(String outcome, long version, String sumIn) {}

    @Override
    public Mono<SwapOutcome> swap(Swap swap) {
        SwapChecks.check(swap);
        var text = SwapParameter.of(swap);
        return database.queryOne(SwapSql.SWAP, statement -> statement.bind("$1", text), PostgresSwaps::verdict)
                .onErrorResume(
                        fault -> CatalogFault.is(CatalogFault.UNIQUE_VIOLATION, fault),
                        fault -> BlobFaults.refuse(database, SwapChecks.namesOf(swap), fault))
                .flatMap(verdict -> outcome(swap, verdict));
    }

    private Mono<SwapOutcome> outcome(Swap swap, Verdict verdict) {
        return switch (verdict.outcome()) {
            case "published" -> Mono.just(new SwapOutcome.Published(swap.version() + 1));
            case "outdated" -> publishedBefore(swap).defaultIfEmpty(new SwapOutcome.Outdated(verdict.version()));
            case "unbalanced" ->
                Mono.error(new UnbalancedException("swap %s of %s: %s, the catalog has in=%s modulo 2^64"
                        .formatted(swap.id(), swap.object(), swap.balance(), verdict.sumIn())));
            default ->
                Mono.error(new WrongSwapException("swap %s of %s, version %d, is %s"
                        .formatted(swap.id(), swap.object(), swap.version(), verdict.outcome())));
        };
    }

    private Mono<SwapOutcome> publishedBefore(Swap swap) {
        return database.queryOne(
                SwapSql.PUBLISHED_BEFORE,
                statement -> statement.bind("$1", swap.id()),
                row -> new SwapOutcome.Published(Columns.number(row, "version")));
    }

    private static Verdict verdict(Row row) {
        return new Verdict(Columns.text(row, "outcome"), Columns.number(row, "version"), Columns.text(row, "sum_in"));
    }
}
