package io.spanlake.catalog;

import java.util.Collection;
import reactor.core.publisher.Mono;

/** Why a commit could not list a blob: the name stands in {@code blobs} already. */
public final class BlobFaults {
    private BlobFaults() {}

    /** Reads which of the names the sweeper has given up, and fails with what it finds. */
    public static <T> Mono<T> refuse(CatalogDatabase database, Collection<String> names, Throwable fault) {
        return database.query(
                        "select name from blobs where name = any($1) and state <> 'live' order by name",
                        statement -> statement.bind("$1", names.toArray(String[]::new)),
                        row -> Columns.text(row, "name"))
                .flatMap(doomed -> Mono.error(
                        doomed.isEmpty()
                                ? new CatalogException("a name was used before: " + fault.getMessage(), fault)
                                : new BlobDoomedException(doomed, fault)));
    }
}
