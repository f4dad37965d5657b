package io.spanlake.controlplane;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a start of the control plane makes where it is absent, so that somebody can log in: {@code SPANLAKE_INIT_ORG},
 * {@code _PROJECT} and {@code _API_KEY}. A key that was revoked since stays revoked.
 *
 * @param org     name of the organization
 * @param project name of its project
 * @param apiKey  a key of it, never printed; nothing is made where it is absent
 */
@ConfigurationProperties("spanlake.init")
record FirstOrganization(
        @DefaultValue("local") String org,
        @DefaultValue("demo") String project,
        Optional<String> apiKey) {
    FirstOrganization {
        apiKey = apiKey.filter(key -> !key.isBlank());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "FirstOrganization[%s, %s]".formatted(org, project);
    }
}
