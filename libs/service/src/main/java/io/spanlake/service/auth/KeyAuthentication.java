package io.spanlake.service.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.spanlake.catalog.ApiKey;
import io.spanlake.catalog.Directory;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** From a key's hash to its caller, asking the catalog at most once for each key and time. */
final class KeyAuthentication {
    private final RememberedAnswers<KeyHash, ApiKey> keys;

    KeyAuthentication(Directory directory, AuthProperties properties, Ticker ticker) {
        keys = new RememberedAnswers<>(
                hash -> directory.findKey(hash.sha256()).defaultIfEmpty(Optional.empty()),
                properties.keyFor(),
                properties.unknownKeyFor(),
                properties.keysMax(),
                ticker);
    }

    /** The caller; 401 where the key is unknown, 503 where it is not remembered and the catalog does not answer. */
    Mono<Caller> callerOf(KeyHash hash) {
        return keys.of(hash)
                .onErrorMap(unanswered -> AuthProblems.keysUnavailable().refused())
                .map(found -> found.map(Caller::of)
                        .orElseThrow(() -> AuthProblems.unknownKey().refused()));
    }
}
