package io.spanlake.controlplane;

import io.spanlake.catalog.CatalogNames;
import io.spanlake.service.errors.Problem;
import io.spanlake.service.errors.RefusedException;
import java.time.Duration;

/** The refusals of this service. What others have is never told: unknown and foreign sound the same. */
final class ControlPlaneProblems {
    private static final Duration CATALOG_RETRY = Duration.ofSeconds(2);
    private static final Duration ERASURES_RETRY = Duration.ofMinutes(1);

    private ControlPlaneProblems() {}

    static RefusedException noJsonObject(String why) {
        return badRequest("the body has to be a JSON object: " + why);
    }

    static RefusedException wrongType(String field, String expected) {
        return badRequest("the field %s has to be %s".formatted(field, expected));
    }

    static RefusedException impossibleName(String field, int chars) {
        return badRequest(
                "the field %s has to be of 1 to %d characters, without U+0000 and halves of surrogate pairs; it has %d"
                        .formatted(field, CatalogNames.CHARS_MAX, chars));
    }

    static RefusedException missing(String fields) {
        return badRequest("there has to be " + fields);
    }

    static RefusedException bodyTooLarge(int bytesMax) {
        return Problem.of(413, "body-too-large", "Body too large", "a body may have %d bytes here".formatted(bytesMax))
                .with("limit_bytes", bytesMax)
                .refused();
    }

    static RefusedException foreignOrganization() {
        return Problem.of(
                        403,
                        "foreign-organization",
                        "No access to the organization",
                        "the API key is not of the organization that the request names")
                .refused();
    }

    static RefusedException foreignProject(String id) {
        return Problem.of(
                        403,
                        "foreign-project",
                        "No access to the project",
                        "the API key's organization has no project with the id " + id)
                .refused();
    }

    static RefusedException noProject(String by) {
        return Problem.of(
                        404,
                        "unknown-project",
                        "Unknown project",
                        "the API key's organization has no project with the " + by)
                .refused();
    }

    static RefusedException noBase(String detail) {
        return Problem.of(400, "no-base-experiment", "No base experiment", detail)
                .refused();
    }

    static RefusedException tooManyErasures(int most) {
        return Problem.of(
                        429,
                        "too-many-erasures",
                        "Too many rows wait to be forgotten",
                        "of an object %d rows may wait to be forgotten at a time".formatted(most))
                .with("limit", most)
                .retryAfter(ERASURES_RETRY)
                .refused();
    }

    static RefusedException catalogUnavailable() {
        return Problem.of(
                        503, "catalog-unavailable", "Catalog unavailable", "the catalog does not answer at the moment")
                .retryAfter(CATALOG_RETRY)
                .refused();
    }

    private static RefusedException badRequest(String detail) {
        return Problem.of(400, "bad-request", "Bad request", detail).refused();
    }
}
