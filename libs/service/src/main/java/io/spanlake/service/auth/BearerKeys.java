package io.spanlake.service.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the key in an Authorization header and hashes it; the text goes no further. */
final class BearerKeys {
    private static final String SCHEME = "Bearer ";
    private static final int KEY_CHARS_MAX = 512;

    private BearerKeys() {}

    /** SHA-256 of the key; empty where the header is absent, has another scheme, or can be no key. */
    static Optional<KeyHash> hashOf(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var key = authorization.substring(SCHEME.length()).strip();
        if (key.isEmpty() || key.length() > KEY_CHARS_MAX) {
            return Optional.empty();
        }
        return Optional.of(new KeyHash(ApiKeySha256.of(key)));
    }
}
