package io.spanlake.service.auth;

import io.spanlake.catalog.ApiKey;
import io.spanlake.model.OrganizationId;
import io.spanlake.service.errors.RefusedException;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whoever sent an authenticated request.
 *
 * @param keyId of the key that was used; for audit, never a secret
 */
public record Caller(OrganizationId organization, String organizationName, UUID keyId) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /** @throws RefusedException 401 where the request came by an open path and names nobody */
    public static Caller of(ServerRequest request) {
        return of(request.exchange());
    }

    /** @throws RefusedException 401 where the request came by an open path and names nobody */
    public static Caller of(ServerWebExchange exchange) {
        if (exchange.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw AuthProblems.noKey().refused();
    }

    static Caller of(ApiKey key) {
        return new Caller(key.organization(), key.organizationName(), key.id());
    }

    void attach(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
