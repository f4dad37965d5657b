package io.spanlake.service.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Answers of the catalog, remembered for a while: one question in flight for each key, whoever else asks waits for it.
 * An error is told to all who wait and not remembered. A waiter that leaves does not cancel the question for the others.
 */
final class RememberedAnswers<K, V> {
    private final AsyncCache<K, Optional<V>> answers;
    private final Function<K, Mono<Optional<V>>> question;

    RememberedAnswers(
            Function<K, Mono<Optional<V>>> question, Duration foundFor, Duration absentFor, int most, Ticker ticker) {
        this.question = question;
        this.answers = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(ticker)
                // The catalog's threads would otherwise hand over to the common pool to run what is trivial.
                .executor(Runnable::run)
                .expireAfter(Expiry.<K, Optional<V>>writing((key, answer) -> answer.isPresent() ? foundFor : absentFor))
                .buildAsync();
    }

    Mono<Optional<V>> of(K key) {
        return Mono.fromFuture(
                () -> answers.get(
                        key, (asked, executor) -> question.apply(asked).toFuture()),
                true);
    }
}
