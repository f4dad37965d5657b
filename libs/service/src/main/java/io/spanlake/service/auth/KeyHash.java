package io.spanlake.service.auth;

import java.util.Arrays;

/** SHA-256 of an API key, as a map key. Not printed: a hash of a weak key can be guessed from. */
final class KeyHash {
    private final byte[] sha256;

    KeyHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash that && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return "a key's hash";
    }
}
