package io.spanlake.service.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long answers of the catalog about keys and owners are believed.
 *
 * @param keyFor       how long a valid key is not asked for again, to 60 s: a revoked key works at most that long
 * @param unknownKeyFor how long an unknown key is not asked for again, to 5 s: a new key may be refused that long
 * @param ownerFor     how long the owner of an object is not asked for again, to 60 s
 * @param unknownOwnerFor how long an unknown object is not asked for again, to 1 s: SDKs register an object and write to
 *                     it at once
 * @param keysMax      most keys, and most owners, remembered; each costs about 300 bytes
 */
@ConfigurationProperties("spanlake.auth")
record AuthProperties(
        @DefaultValue("30s") Duration keyFor,
        @DefaultValue("2s") Duration unknownKeyFor,
        @DefaultValue("60s") Duration ownerFor,
        @DefaultValue("100ms") Duration unknownOwnerFor,
        @DefaultValue("100000") int keysMax) {
    AuthProperties {
        within("key-for", keyFor, Duration.ofSeconds(60));
        within("unknown-key-for", unknownKeyFor, Duration.ofSeconds(5));
        within("owner-for", ownerFor, Duration.ofSeconds(60));
        within("unknown-owner-for", unknownOwnerFor, Duration.ofSeconds(1));
        if (keysMax < 1) {
            throw new IllegalArgumentException("spanlake.auth.keys-max has to be at least 1, not " + keysMax);
        }
    }

    private static void within(String name, Duration value, Duration most) {
        if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "spanlake.auth.%s has to be above 0 and at most %s, not %s".formatted(name, most, value));
        }
    }
}
