package io.spanlake.catalog;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/**
 * The way to PostgreSQL: a bounded pool of connections, and one rule for what happens when it fails.
 *
 * <p>Every call is <b>one statement</b>, and so one transaction: no lock is ever held while an answer travels, and what
 * was sent is done whole or not at all. A statement whose outcome is unknown is simply sent again, so each is written
 * such that a second time does no harm. Thread-safe; nothing blocks.
 */
public final class CatalogDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogDatabase.class);
    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

    /**
     * Read committed: a statement that waited must see what it waited for. Without JIT: a short statement over large
     * tables looks expensive to the planner, and compiling it takes longer than running it.
     */
    private static final Map<String, String> SESSION =
            Map.of("default_transaction_isolation", "read committed", "jit", "off");

    private final ConnectionPool pool;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Duration attemptTimeout;
    private final String name;
    private final LongAdder statements = new LongAdder();

    private CatalogDatabase(CatalogSettings settings, RandomGenerator random, Backoff backoff) {
        this.pool = new ConnectionPool(poolOf(settings));
        this.random = random;
        this.backoff = backoff;
        // The server ends a statement first; this is for a connection that has died without a word.
        this.attemptTimeout = settings.acquireTimeout().plus(settings.statementTimeout());
        this.name = settings.toString();
    }

    /** Connects at the first question, not before. */
    public static CatalogDatabase open(CatalogSettings settings, RandomGenerator random) {
        return new CatalogDatabase(settings, random, Backoff.DEFAULT);
    }

    static CatalogDatabase open(CatalogSettings settings, RandomGenerator random, Backoff backoff) {
        return new CatalogDatabase(settings, random, backoff);
    }

    /** Sent since the start, repeated ones included: each is a transaction of its own. */
    public long statements() {
        return statements.sum();
    }

    /** For meters and health. */
    public ConnectionPool pool() {
        return pool;
    }

    /** Whether the catalog answers; asked once, without trying again. */
    public Mono<Void> ping() {
        return attempt("select 1", statement -> {}, row -> 1).then();
    }

    /** Waits for nobody: what is under way fails. */
    public Mono<Void> closeLater() {
        return pool.disposeLater();
    }

    /** As {@link #closeLater()}, and blocks until it is done. */
    @Override
    public void close() {
        pool.dispose();
    }

    /**
     * Runs one statement, again where a passing fault took the answer away. For the packages of this module.
     *
     * @param read is called for each row while its buffer is alive; it must not keep the row
     */
    public <T> Mono<List<T>> query(String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return attempt(sql, bind, read).retryWhen(Retry.from(signals -> signals.concatMap(this::wait)));
    }

    /** The only row, or empty where there is none. */
    public <T> Mono<T> queryOne(String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return query(sql, bind, read)
                .flatMap(rows -> Mono.justOrEmpty(rows.stream().findFirst()));
    }

    /** For a statement that gives no rows. */
    public Mono<Void> run(String sql, Consumer<Statement> bind) {
        return query(sql, bind, row -> row).then();
    }

    private <T> Mono<List<T>> attempt(String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return Mono.usingWhen(
                pool.create(),
                connection -> rows(connection, sql, bind, read),
                Connection::close,
                CatalogDatabase::giveBack,
                Connection::close);
    }

    private <T> Mono<List<T>> rows(Connection connection, String sql, Consumer<Statement> bind, Function<Row, T> read) {
        return Mono.defer(() -> {
                    statements.increment();
                    var statement = connection.createStatement(sql);
                    bind.accept(statement);
                    return Flux.from(statement.execute())
                            .concatMap(result -> result.map((row, metadata) -> read.apply(row)))
                            .collectList();
                })
                .timeout(attemptTimeout);
    }

    /** A connection that did not answer is closed for good: the next caller would wait behind the lost question. */
    private static Publisher<Void> giveBack(Connection connection, Throwable error) {
        if (error instanceof TimeoutException && connection instanceof Wrapped<?> pooled) {
            return Mono.from(((Connection) pooled.unwrap()).close())
                    .timeout(DISCARD_TIMEOUT)
                    .onErrorComplete()
                    .then(Mono.from(connection.close()));
        }
        return connection.close();
    }

    private Mono<Long> wait(RetrySignal signal) {
        Throwable fault = signal.failure();
        long failed = signal.totalRetries() + 1;
        if (!CatalogFault.passes(fault)) {
            return Mono.error(fault);
        }
        if (failed >= backoff.attempts()) {
            return Mono.error(new CatalogUnavailableException(
                    "the catalog %s failed %d times: %s".formatted(name, failed, fault.getMessage()), fault));
        }
        LOG.debug("catalog {}: attempt {} failed, trying again: {}", name, failed, fault.getMessage());
        return Mono.delay(backoff.after((int) failed, random));
    }

    private static ConnectionPoolConfiguration poolOf(CatalogSettings settings) {
        return ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(connectionOf(settings)))
                .name("catalog")
                .initialSize(0)
                .maxSize(settings.connectionsMax())
                .maxAcquireTime(settings.acquireTimeout())
                .maxCreateConnectionTime(settings.connectTimeout())
                .maxLifeTime(settings.connectionAgeMax())
                .maxIdleTime(settings.connectionAgeMax().dividedBy(3))
                // Sees a closed connection without asking; a silent one costs its first caller one attempt.
                .validationDepth(ValidationDepth.LOCAL)
                .build();
    }

    private static PostgresqlConnectionConfiguration connectionOf(CatalogSettings settings) {
        return PostgresqlConnectionConfiguration.builder()
                .host(settings.host())
                .port(settings.port())
                .database(settings.database())
                .username(settings.user())
                .password(settings.password())
                .sslMode(SSLMode.fromValue(settings.sslMode()))
                .applicationName(settings.applicationName())
                .connectTimeout(settings.connectTimeout())
                .statementTimeout(settings.statementTimeout())
                .lockWaitTimeout(settings.statementTimeout().dividedBy(2))
                .tcpKeepAlive(true)
                .tcpNoDelay(true)
                .options(SESSION)
                .build();
    }
}
