package io.spanlake.gateway.xact;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.spanlake.gateway.xact.SharedCounter.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@link SharedCounter} in Redis. Gives up fast: after a failure nothing is asked for a while, and the caller uses its own
 * clock. Not thread-safe: one caller at a time.
 */
final class RedisCounter {
    /** Longest wait for an answer: a request waits that long once when Redis goes away. */
    private static final Duration ANSWER_MAX = Duration.ofMillis(40);

    private static final Duration REST = Duration.ofMillis(500);
    private static final String KEY = "spanlake:xact";

    private final RedisClient client;
    private final RedisURI uri;
    private final LongSupplier nanos;
    private final String script = script();
    private volatile @Nullable Mono<StatefulRedisConnection<String, String>> connection;
    private @Nullable String sha;
    private long restUntilNanos;

    RedisCounter(RedisClient client, RedisURI uri, LongSupplier nanos) {
        this.client = client;
        this.uri = uri;
        this.nanos = nanos;
        this.restUntilNanos = nanos.getAsLong();
    }

    /** First of the ids drawn; empty where the caller should use its own clock. Never an error. */
    Mono<OptionalLong> draw(Asked asked) {
        if (nanos.getAsLong() - restUntilNanos < 0) {
            return Mono.just(OptionalLong.empty());
        }
        return connected()
                .flatMap(redis -> run(redis.async(), asked))
                .timeout(ANSWER_MAX)
                .map(first -> first < 0 ? OptionalLong.empty() : OptionalLong.of(first))
                .onErrorResume(away -> rest());
    }

    private Mono<OptionalLong> rest() {
        restUntilNanos = nanos.getAsLong() + REST.toNanos();
        return Mono.just(OptionalLong.empty());
    }

    private Mono<StatefulRedisConnection<String, String>> connected() {
        var known = connection;
        if (known != null) {
            return known;
        }
        // Shared by all attempts: one that takes longer than an answer may is there for the next.
        var opening = Mono.fromCompletionStage(() -> client.connectAsync(StringCodec.UTF8, uri))
                .doOnError(failed -> connection = null)
                .cache();
        connection = opening;
        return opening;
    }

    private Mono<Long> run(RedisAsyncCommands<String, String> redis, Asked asked) {
        String[] keys = {KEY};
        String[] arguments = {Long.toString(asked.seen()), Long.toString(asked.now()), Integer.toString(asked.count())};
        var known = sha;
        if (known == null) {
            sha = redis.digest(script);
            return Mono.fromCompletionStage(() -> eval(redis, keys, arguments));
        }
        return Mono.fromCompletionStage(() -> evalSha(redis, known, keys, arguments))
                .onErrorResume(
                        RedisNoScriptException.class,
                        flushed -> Mono.fromCompletionStage(() -> eval(redis, keys, arguments)));
    }

    private CompletionStage<Long> eval(RedisAsyncCommands<String, String> redis, String[] keys, String[] arguments) {
        return redis.eval(script, ScriptOutputType.INTEGER, keys, arguments);
    }

    private static CompletionStage<Long> evalSha(
            RedisAsyncCommands<String, String> redis, String sha, String[] keys, String[] arguments) {
        return redis.evalsha(sha, ScriptOutputType.INTEGER, keys, arguments);
    }

    static String script() {
        try (var lua = Objects.requireNonNull(RedisCounter.class.getResourceAsStream("draw.lua"))) {
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
