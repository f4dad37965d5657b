package io.spanlake.service.auth;

import io.spanlake.model.ObjectRef;
import io.spanlake.service.errors.Problem;
import java.time.Duration;

/** The refusals of this package. A key is never part of one. */
final class AuthProblems {
    private static final Duration CATALOG_RETRY = Duration.ofSeconds(2);

    private AuthProblems() {}

    static Problem noKey() {
        return Problem.of(
                401,
                "unauthenticated",
                "Not authenticated",
                "no API key came with the request: send it as Authorization: Bearer <key>");
    }

    static Problem unknownKey() {
        return Problem.of(
                401, "unauthenticated", "Not authenticated", "the API key is not known here, or it was revoked");
    }

    static Problem keysUnavailable() {
        return Problem.of(
                        503,
                        "catalog-unavailable",
                        "Catalog unavailable",
                        "the API key cannot be checked at the moment, for the catalog does not answer")
                .retryAfter(CATALOG_RETRY);
    }

    static Problem ownersUnavailable() {
        return Problem.of(
                        503,
                        "catalog-unavailable",
                        "Catalog unavailable",
                        "it cannot be checked at the moment whose object this is, for the catalog does not answer")
                .retryAfter(CATALOG_RETRY);
    }

    /** The same words for an object that is unknown and for one of others: what others have is not told. */
    static Problem notYours(ObjectRef object) {
        return Problem.of(
                        403,
                        "foreign-object",
                        "No access to the object",
                        "the API key's organization has no %s with the id %s"
                                .formatted(object.type().text(), object.id()))
                .with("object_type", object.type().text())
                .with("object_id", object.id());
    }
}
