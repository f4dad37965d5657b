package io.spanlake.catalog;

import static io.spanlake.catalog.CatalogFixture.WAIT;
import static io.spanlake.catalog.CatalogFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcBadGrammarException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogDatabaseTest {
    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(5), Duration.ofMillis(20));

    CatalogFixture catalog;

    @BeforeAll
    void open() {
        catalog = new CatalogFixture();
    }

    @AfterAll
    void close() {
        catalog.close();
    }

    @Test
    void everySessionIsSetUp() {
        assertThat(show("statement_timeout")).isEqualTo("10s");
        assertThat(show("lock_timeout")).isEqualTo("5s");
        assertThat(show("transaction_isolation")).isEqualTo("read committed");
        assertThat(show("jit")).isEqualTo("off");
        assertThat(show("application_name")).isEqualTo("test");
    }

    @Test
    void moreCallersThanConnectionsWait() {
        try (var two = CatalogDatabase.open(
                catalog.settings(catalog.server.port(), 2, Duration.ofSeconds(10)), new Random(1))) {
            await(Flux.range(0, 200)
                    .flatMap(
                            i -> two.query(
                                    "select pg_backend_pid() as pid", s -> {}, row -> Columns.integer(row, "pid")),
                            50)
                    .flatMapIterable(pids -> pids)
                    .distinct()
                    .collectList()
                    .doOnNext(pids -> assertThat(pids).hasSizeLessThanOrEqualTo(2)));
        }
    }

    @Test
    void aKilledConnectionCostsTheCallerNothing() {
        await(catalog.database.query("select 1 as n", s -> {}, row -> Columns.integer(row, "n")));
        catalog.server.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and application_name = 'test'");

        assertThat(await(catalog.database.query("select 1 as n", s -> {}, row -> Columns.integer(row, "n"))))
                .containsExactly(1);
    }

    @Test
    void aStatementThatTakesTooLongIsEndedByTheServerAndTriedAgainWithABound() {
        try (var impatient = CatalogDatabase.open(
                catalog.settings(catalog.server.port(), 1, Duration.ofMillis(100)), new Random(1), QUICK)) {
            assertThatThrownBy(
                            () -> impatient.run("select pg_sleep(20)", s -> {}).block(WAIT))
                    .isInstanceOf(CatalogUnavailableException.class)
                    .hasMessageContaining("failed 3 times");
            impatient.ping().block(WAIT);
        }
    }

    @Test
    void aConnectionThatNeverAnswersIsThrownAway() throws Exception {
        try (var network = new CuttableProxy(catalog.server.port());
                var database = CatalogDatabase.open(
                        new CatalogSettings(
                                catalog.server.host(),
                                network.port(),
                                catalog.server.name(),
                                catalog.server.user(),
                                "",
                                "disable",
                                "test",
                                1,
                                Duration.ofMillis(500),
                                Duration.ofMillis(500),
                                Duration.ofMillis(500),
                                Duration.ofMinutes(1)),
                        new Random(1))) {
            database.ping().block(WAIT);
            network.silence();

            var answer = database.query("select 1 as n", s -> {}, row -> Columns.integer(row, "n"))
                    .toFuture();
            assertThat(answer.get(WAIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(List.of(1));
            assertThat(network.connections()).isGreaterThan(1);
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutThePassword() {
        try (var nowhere = CatalogDatabase.open(catalog.settings(1, 1, Duration.ofSeconds(1)), new Random(1), QUICK)) {
            assertThatThrownBy(() -> nowhere.run("select 1", s -> {}).block(WAIT))
                    .isInstanceOf(CatalogUnavailableException.class)
                    .hasMessageContaining(catalog.server.name());
        }
        assertThat(CatalogSettings.of("h", 1, "d", "u", "very-secret").toString())
                .doesNotContain("very-secret");
    }

    @Test
    void whatWillNeverWorkIsNotTriedAgain() {
        assertThatThrownBy(() -> catalog.database.run("select nothing", s -> {}).block(WAIT))
                .isInstanceOf(R2dbcBadGrammarException.class);
    }

    @Test
    void migratingAgainChangesNothing() {
        var server = catalog.server;

        assertThat(CatalogMigrations.migrate(server.jdbcUrl(), server.user(), server.password()))
                .isZero();
    }

    private String show(String setting) {
        return await(catalog.database.queryOne("show " + setting, s -> {}, row -> Columns.text(row, setting)));
    }
}
