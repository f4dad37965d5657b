package io.spanlake.service.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A key that came with a request, before and after it was found to be somebody's. */
@SuppressWarnings("serial") // Nothing is kept between requests, so nothing is ever serialised.
final class KeyToken extends AbstractAuthenticationToken {
    private final KeyHash hash;
    private final Object principal;

    private KeyToken(KeyHash hash, Object principal, boolean known) {
        super(List.of());
        this.hash = hash;
        this.principal = principal;
        setAuthenticated(known);
    }

    static KeyToken sent(KeyHash hash) {
        return new KeyToken(hash, "unknown", false);
    }

    KeyToken knownAs(Caller caller) {
        return new KeyToken(hash, caller, true);
    }

    KeyHash hash() {
        return hash;
    }

    @Override
    public Object getCredentials() {
        return hash;
    }

    @Override
    public Object getPrincipal() {
        return principal;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyToken that && hash.equals(that.hash) && principal.equals(that.principal);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }
}
