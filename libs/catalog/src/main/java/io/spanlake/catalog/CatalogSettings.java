package io.spanlake.catalog;

import java.time.Duration;

/**
 * Where the catalog is, and how much of it this process takes.
 *
 * @param password         empty where the server asks for none
 * @param sslMode          as PostgreSQL calls it: {@code disable}, {@code prefer}, {@code require}, {@code verify-full}…
 * @param applicationName  what administrators see of this process among the server's connections
 * @param connectionsMax   most connections at a time; more callers wait
 * @param connectTimeout   longest wait for a new connection to be made
 * @param acquireTimeout   longest wait for a connection of the pool
 * @param statementTimeout after which the server ends a statement; a lock is waited for half as long
 * @param connectionAgeMax after which a connection is replaced, so that none outlives a move of the server for long
 */
public record CatalogSettings(
        String host,
        int port,
        String database,
        String user,
        String password,
        String sslMode,
        String applicationName,
        int connectionsMax,
        Duration connectTimeout,
        Duration acquireTimeout,
        Duration statementTimeout,
        Duration connectionAgeMax) {

    public CatalogSettings {
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("the catalog needs a connection, connectionsMax is " + connectionsMax);
        }
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("acquireTimeout", acquireTimeout);
        requirePositive("statementTimeout", statementTimeout);
        requirePositive("connectionAgeMax", connectionAgeMax);
    }

    /** The defaults: 8 connections without TLS unless the server wants it. */
    public static CatalogSettings of(String host, int port, String database, String user, String password) {
        return new CatalogSettings(
                host,
                port,
                database,
                user,
                password,
                "prefer",
                "spanlake",
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(30));
    }

    /** As migrations want it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?sslmode=%s".formatted(host, port, database, sslMode);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, database);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("%s must be positive, it is %s".formatted(name, value));
        }
    }
}
