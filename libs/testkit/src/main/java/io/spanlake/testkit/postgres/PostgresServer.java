package io.spanlake.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for the whole JVM, started at the first question on a free port and stopped with the JVM. Each test
 * class takes a database of its own:
 *
 * {@snippet :
 * static final TestDatabase DATABASE = PostgresServer.freshDatabase();
 *
 * @BeforeAll
 * static void migrate() {
 *     CatalogMigrations.migrate(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password());
 * }
 * }
 *
 * <p>Blocks; thread-safe. Roles are shared by all databases of the server.
 */
public final class PostgresServer {
    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    /** An empty database that nobody else uses. */
    public static TestDatabase freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (var connection = Running.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create " + name + ": " + e.getMessage(), e);
        }
        return new TestDatabase("localhost", Running.SERVER.getPort(), name, USER, USER);
    }

    /** Holds the server, so that a JVM that asks for none starts none. */
    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("the PostgreSQL of the tests does not start", e);
            }
        }
    }
}
