package io.spanlake.catalog;

import org.flywaydb.core.Flyway;

/** Brings the tables of the catalog to what this version needs. */
public final class CatalogMigrations {
    private CatalogMigrations() {}

    /**
     * Blocks. May be called by many processes at once: one migrates, the others wait for it.
     *
     * @param user of the owner of the database
     * @return number of migrations that were missing
     */
    public static int migrate(String jdbcUrl, String user, String password) {
        return Flyway.configure(CatalogMigrations.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration")
                .connectRetries(10)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
