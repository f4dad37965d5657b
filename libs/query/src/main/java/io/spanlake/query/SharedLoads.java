package io.spanlake.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Values that are costly to load and never change: the ones asked for lately are kept, within a bound of bytes, and
 * whoever asks for one that is on its way waits for the same load. A load is not ended by a caller that leaves; one that
 * fails is forgotten. Thread-safe.
 */
public final class SharedLoads<K, V> {
    private final Cache<K, V> kept;
    private final ConcurrentMap<K, Mono<V>> underWay = new ConcurrentHashMap<>();
    private final Counter hits;
    private final Counter misses;

    /** @param bytesMax heap that the values may take together */
    public SharedLoads(long bytesMax, Weigher<K, V> bytesOf, Counter hits, Counter misses) {
        this.kept = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher(bytesOf)
                .executor(Runnable::run)
                .build();
        this.hits = hits;
        this.misses = misses;
    }

    /** @param load begun where the value is neither kept nor on its way */
    public Mono<V> get(K key, Supplier<Mono<V>> load) {
        return Mono.defer(() -> {
            V found = kept.getIfPresent(key);
            if (found != null) {
                hits.increment();
                return Mono.just(found);
            }
            misses.increment();
            return underWay.computeIfAbsent(
                    key,
                    _ -> load.get()
                            .doOnNext(loaded -> kept.put(key, loaded))
                            .doFinally(_ -> underWay.remove(key))
                            .cache());
        });
    }
}
