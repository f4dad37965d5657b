package io.spanlake.standalone.embed;

import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, database and cache, started side by side: all or none. */
public record Parts(EmbeddedKafka kafka, EmbeddedPostgresServer postgres, EmbeddedRedis redis)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    /** Blocks until all three take requests. */
    public static Parts start(DataFolder data, Secrets secrets) {
        var threads = Thread.ofPlatform().name("start-", 0).factory();
        try (var starters = Executors.newThreadPerTaskExecutor(threads)) {
            var kafka = starters.submit(() -> EmbeddedKafka.start(data));
            var postgres = starters.submit(() -> EmbeddedPostgresServer.start(data, secrets));
            var redis = starters.submit(() -> EmbeddedRedis.start(data, secrets));
            try {
                return new Parts(
                        started("Kafka", kafka, data),
                        started("PostgreSQL", postgres, data),
                        started("Redis", redis, data));
            } catch (StartFailure failure) {
                List.of(redis, postgres, kafka).forEach(Parts::closeIfStarted);
                throw failure;
            }
        }
    }

    private static <T> T started(String part, Future<T> start, DataFolder data) {
        try {
            return start.get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof StartFailure known) {
                throw known;
            }
            throw new StartFailure(
                    "%s does not start: %s.%nThe log says more: %s".formatted(part, cause.getMessage(), data.log()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while %s started".formatted(part), e);
        }
    }

    private static void closeIfStarted(Future<? extends AutoCloseable> start) {
        try {
            close(start.get());
        } catch (ExecutionException neverStarted) {
            log.debug("nothing to close", neverStarted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks. The catalog outlives the broker, so that what is under way can still be committed. */
    @Override
    public void close() {
        close(kafka);
        close(postgres);
        close(redis);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not end in order", part.getClass().getSimpleName(), e);
        }
    }
}
