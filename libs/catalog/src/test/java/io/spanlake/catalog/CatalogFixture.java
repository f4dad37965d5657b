package io.spanlake.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.ObjectRef;
import io.spanlake.model.ObjectType;
import io.spanlake.model.OrganizationId;
import io.spanlake.testkit.postgres.PostgresServer;
import io.spanlake.testkit.postgres.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** A migrated database of its own, and short words for what the tests put into it. */
public final class CatalogFixture implements AutoCloseable {
    public static final Duration WAIT = Duration.ofSeconds(30);
    public static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(1, 1));
    public static final ObjectRef OBJECT = new ObjectRef(ObjectType.PROJECT_LOGS, new UUID(2, 2).toString());
    public static final ObjectRef OTHER = new ObjectRef(ObjectType.DATASET, new UUID(3, 3).toString());
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final AtomicLong NAMES = new AtomicLong();

    public final TestDatabase server = PostgresServer.freshDatabase();
    public final CatalogDatabase database;

    public CatalogFixture() {
        CatalogMigrations.migrate(server.jdbcUrl(), server.user(), server.password());
        database = open(server.port());
    }

    /** @param port of the server, or of a proxy before it */
    public CatalogDatabase open(int port) {
        return CatalogDatabase.open(settings(port, 8, Duration.ofSeconds(10)), new Random(1));
    }

    public CatalogSettings settings(int port, int connectionsMax, Duration statementTimeout) {
        return new CatalogSettings(
                server.host(),
                port,
                server.name(),
                server.user(),
                server.password(),
                "prefer",
                "test",
                connectionsMax,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                statementTimeout,
                Duration.ofMinutes(30));
    }

    /** Waits until the query gives these rows, and fails with what it gave last. */
    public void awaitRows(String sql, String... expected) {
        var deadline = System.nanoTime() + WAIT.toNanos();
        while (!rows(sql).equals(List.of(expected)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(rows(sql)).containsExactly(expected);
    }

    public static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(WAIT));
    }

    public static WalPosition at(Map<Integer, WalPosition> positions, int partition) {
        return Objects.requireNonNull(positions.get(partition));
    }

    public static FlushedRange range(WalPosition position, long next) {
        return new FlushedRange(
                position.partition(), position.incarnation(), position.offset(), next, position.epoch(), NOON);
    }

    /** A WAL object with one section of each of these partitions, all of one object's writes. */
    public static WalObject walObject(ObjectRef object, int... partitions) {
        return walObject("orgs/%s/wal/%d.wal".formatted(ORGANIZATION, NAMES.incrementAndGet()), object, partitions);
    }

    public static WalObject walObject(String name, ObjectRef object, int... partitions) {
        var sections = IntStream.of(partitions)
                .mapToObj(partition -> new WalSection(partition, 3, 77L + partition, Map.of(object, 3L)))
                .toList();
        return new WalObject(name, ORGANIZATION, 1_000, 900, sections);
    }

    /** What a query gives, one text a row, the columns joined by blanks. */
    public List<String> rows(String sql) {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var values = new String[columns];
                for (int column = 0; column < columns; column++) {
                    values[column] = result.getString(column + 1);
                }
                rows.add(String.join(" ", Arrays.asList(values)));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
