package io.spanlake.service.config;

import io.spanlake.catalog.CatalogSettings;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the catalog is.
 *
 * @param password       never printed; absent where the server trusts or a certificate is used
 * @param migrate        creates and updates the schema at start; one service does it, or none where a job does
 * @param sslMode        {@code disable}, {@code prefer}, {@code require}, {@code verify-ca} or {@code verify-full}
 * @param poolSize       most connections of this service, 1 to 200; the sum over all services has to fit PostgreSQL's
 *                       {@code max_connections}
 * @param connectTimeout longest time to wait for a new connection
 * @param acquireTimeout longest time to wait for one from the pool
 * @param statementTimeout longest time a statement may take
 * @param maxLifetime    age at which a connection is made anew, so that a fail-over is followed
 */
@ConfigurationProperties("spanlake.postgres")
public record PostgresSettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("5432") int port,
        @DefaultValue("spanlake") String database,
        @DefaultValue("spanlake") String user,
        Optional<String> password,
        @DefaultValue("false") boolean migrate,
        @DefaultValue("prefer") String sslMode,
        @DefaultValue("10") int poolSize,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("5s") Duration acquireTimeout,
        @DefaultValue("10s") Duration statementTimeout,
        @DefaultValue("30m") Duration maxLifetime) {
    private static final int POOL_MAX = 200;

    public PostgresSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("spanlake.postgres.port has to be from 1 to 65535, not " + port);
        }
        if (poolSize < 1 || poolSize > POOL_MAX) {
            throw new IllegalArgumentException(
                    "spanlake.postgres.pool-size has to be from 1 to %d, not %d".formatted(POOL_MAX, poolSize));
        }
        positive("connect-timeout", connectTimeout);
        positive("acquire-timeout", acquireTimeout);
        positive("statement-timeout", statementTimeout);
        positive("max-lifetime", maxLifetime);
    }

    CatalogSettings toCatalog() {
        return new CatalogSettings(
                host,
                port,
                database,
                user,
                password.orElse(""),
                sslMode,
                "spanlake",
                poolSize,
                connectTimeout,
                acquireTimeout,
                statementTimeout,
                maxLifetime);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("spanlake.postgres.%s has to be above 0, not %s".formatted(name, value));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresSettings[%s@%s:%d/%s, sslMode=%s, poolSize=%d, migrate=%s]"
                .formatted(user, host, port, database, sslMode, poolSize, migrate);
    }
}
