package io.spanlake.queryservice.source;

import io.spanlake.model.TransactionId;
import io.spanlake.service.errors.Problem;
import java.time.Duration;

/** Reads that cannot be. */
final class BadReads {
    private static final Duration CLOSED_AFTER = Duration.ofSeconds(30);

    private BadReads() {}

    static RuntimeException bad(String detail) {
        return Problem.of(400, "bad-request", "The request is not understood", detail)
                .refused();
    }

    /** Writes up to it may still come, and would change what was answered. */
    static RuntimeException open(TransactionId version) {
        return Problem.of(
                        409,
                        "version-open",
                        "The version is not complete",
                        "writes up to the transaction %s may still come, for as long as 30 s after it"
                                .formatted(version))
                .retryAfter(CLOSED_AFTER)
                .refused();
    }
}
