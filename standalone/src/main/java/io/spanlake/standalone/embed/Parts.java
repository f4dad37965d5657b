package io.spanlake.standalone.embed;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, database and cache. They start side by side, and whoever needs one waits for that one. */
public final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final DataFolder data;
    private final Future<EmbeddedKafka> kafka;
    private final Future<EmbeddedPostgresServer> postgres;
    private final Future<EmbeddedRedis> redis;

    private Parts(
            DataFolder data,
            Future<EmbeddedKafka> kafka,
            Future<EmbeddedPostgresServer> postgres,
            Future<EmbeddedRedis> redis) {
        this.data = data;
        this.kafka = kafka;
        this.postgres = postgres;
        this.redis = redis;
    }

    /** Returns at once. */
    public static Parts start(DataFolder data, Secrets secrets) {
        var postgres = starting("postgres", () -> EmbeddedPostgresServer.start(data, secrets));
        var redis = starting("redis", () -> EmbeddedRedis.start(data, secrets));
        KafkaHalt.tell(data.kafka(), () -> List.of(postgres, redis).forEach(Parts::close));
        return new Parts(data, starting("kafka", () -> EmbeddedKafka.start(data, secrets)), postgres, redis);
    }

    private static <T> Future<T> starting(String name, Callable<T> start) {
        var task = new FutureTask<>(start);
        Thread.ofPlatform().name("start-" + name).start(task);
        return task;
    }

    /** Blocks until it is up, as the two below; a part that does not start is a {@link StartFailure}. */
    public EmbeddedKafka kafka() {
        return started("Kafka", kafka);
    }

    public EmbeddedPostgresServer postgres() {
        return started("PostgreSQL", postgres);
    }

    public EmbeddedRedis redis() {
        return started("Redis", redis);
    }

    private <T> T started(String part, Future<T> start) {
        try {
            return start.get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof StartFailure known) {
                throw known;
            }
            throw new StartFailure(
                    "%s does not start: %s.%nThe logs say more: %s".formatted(part, cause.getMessage(), data.log()),
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while %s started".formatted(part), e);
        }
    }

    /** Blocks. The catalog outlives the broker, so that what is under way can still be committed. */
    @Override
    public void close() {
        List.of(kafka, postgres, redis).forEach(Parts::close);
    }

    private static void close(Future<? extends AutoCloseable> start) {
        try {
            start.get().close();
        } catch (ExecutionException neverStarted) {
            log.debug("nothing to close", neverStarted);
        } catch (Exception e) {
            log.warn("a part did not end in order", e);
        }
    }
}
