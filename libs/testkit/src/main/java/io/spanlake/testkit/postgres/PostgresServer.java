package io.spanlake.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
    /** By what they are called, databases that others are copies of. Nobody is connected to them. */
    private static final Map<String, TestDatabase> TEMPLATES = new ConcurrentHashMap<>();

    private PostgresServer() {}

    /** An empty database that nobody else uses. */
    public static TestDatabase freshDatabase() {
        return created("create database %s");
    }

    /**
     * A database that nobody else uses, a copy of one that was prepared once: a tenth of the time that migrations take.
     *
     * @param template what that one is called in this JVM
     * @param prepare  makes it out of an empty one, and leaves no connection open
     */
    public static TestDatabase copyOf(String template, Consumer<TestDatabase> prepare) {
        var prepared = TEMPLATES.computeIfAbsent(template, _ -> {
            var fresh = freshDatabase();
            prepare.accept(fresh);
            return fresh;
        });
        return created("create database %s template " + prepared.name());
    }

    private static TestDatabase created(String statementOfName) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (var connection = Running.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(statementOfName.formatted(name));
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
                        // Its data is gone with the JVM: no test cuts its power.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("the PostgreSQL of the tests does not start", e);
            }
        }
    }
}
