package io.spanlake.service.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.spanlake.catalog.Directory;
import io.spanlake.catalog.ObjectOwner;
import io.spanlake.model.ObjectRef;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Whether a caller may touch an object: it has to belong to the caller's organization. Thread-safe. */
public final class ObjectAccess {
    private final RememberedAnswers<ObjectRef, ObjectOwner> owners;

    ObjectAccess(Directory directory, AuthProperties properties, Ticker ticker) {
        owners = new RememberedAnswers<>(
                object -> directory.ownerOf(object).defaultIfEmpty(Optional.empty()),
                properties.ownerFor(),
                properties.unknownOwnerFor(),
                properties.keysMax(),
                ticker);
    }

    /**
     * The object's owner.
     *
     * <p>Errors, as refusals: 403 where the object is unknown or belongs to another organization, in the same words; 503
     * where the owner is not remembered and the catalog does not answer.
     */
    public Mono<ObjectOwner> require(Caller caller, ObjectRef object) {
        return owners.of(object)
                .onErrorMap(unanswered -> AuthProblems.ownersUnavailable().refused())
                .map(found -> found.filter(owner -> owner.organization().equals(caller.organization()))
                        .orElseThrow(() -> AuthProblems.notYours(object).refused()));
    }
}
