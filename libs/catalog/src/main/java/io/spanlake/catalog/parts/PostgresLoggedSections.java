package io.spanlake.catalog.parts;

import io.r2dbc.spi.Row;
import io.spanlake.catalog.CatalogDatabase;
import io.spanlake.catalog.Columns;
import io.spanlake.catalog.SectionRef;
import io.spanlake.model.OrganizationId;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@link LoggedSections} in PostgreSQL. */
public final class PostgresLoggedSections implements LoggedSections {
    private static final String SECTIONS = """
            select w.organization, w.name, w.bytes, w.footer_offset, s.partition, s.incarnation, s.first_offset,
                   s.next_offset
            from wal_sections s join wal_objects w on w.id = s.wal_object
            """;

    private static final String SOME = SECTIONS + " order by random() limit $1";

    private static final String OF_ORGANIZATION = SECTIONS + " where w.organization = $2 order by w.id desc limit $1";

    private final CatalogDatabase database;

    public PostgresLoggedSections(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public Mono<List<Logged>> some(int most) {
        return database.query(SOME, statement -> statement.bind("$1", most), PostgresLoggedSections::logged);
    }

    @Override
    public Mono<List<Logged>> of(OrganizationId organization, int most) {
        return database.query(
                OF_ORGANIZATION,
                statement -> statement.bind("$1", most).bind("$2", organization.value()),
                PostgresLoggedSections::logged);
    }

    private static Logged logged(Row row) {
        return new Logged(
                new OrganizationId(Columns.uuid(row, "organization")),
                new SectionRef(
                        Columns.text(row, "name"),
                        Columns.number(row, "bytes"),
                        Columns.number(row, "footer_offset"),
                        Math.toIntExact(Columns.number(row, "partition")),
                        Math.toIntExact(Columns.number(row, "incarnation")),
                        Columns.number(row, "first_offset"),
                        Columns.number(row, "next_offset")));
    }
}
