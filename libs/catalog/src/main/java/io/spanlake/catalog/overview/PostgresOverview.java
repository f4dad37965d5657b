package io.spanlake.catalog.overview;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.overview.Stock.Kind;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** {@link Overview} in PostgreSQL. Its cost is what is live and what waits, not what ever was. */
public final class PostgresOverview implements Overview {
    private final CatalogDatabase database;

    public PostgresOverview(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<CatalogOverview> now() {
        return database.query(OverviewSql.STOCKS, statement -> {}, PostgresOverview::stock)
                .map(CatalogOverview::new);
    }

    private static Stock stock(Row row) {
        return new Stock(
                Kind.valueOf(Columns.text(row, "kind").toUpperCase(Locale.ROOT)),
                Columns.integer(row, "level"),
                Columns.number(row, "items"),
                Columns.number(row, "rows"),
                Columns.number(row, "dead_rows"),
                Columns.number(row, "bytes"),
                Columns.number(row, "raw_bytes"),
                Columns.maybeTime(row, "since"));
    }
}
