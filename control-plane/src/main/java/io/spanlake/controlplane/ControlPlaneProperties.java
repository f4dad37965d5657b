package io.spanlake.controlplane;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the control plane speaks of itself.
 *
 * @param publicUrl origin of the data plane as clients reach it, told to them at log-in; absent where it is the origin
 *                  that they log in at
 * @param copyEvery how often it is looked whether the directory has changed, which is then copied to the blob store: what
 *                  was registered since is lost where the database is
 */
@ConfigurationProperties("spanlake.control")
record ControlPlaneProperties(
        Optional<URI> publicUrl, @DefaultValue("10s") Duration copyEvery) {
    ControlPlaneProperties {
        publicUrl.ifPresent(ControlPlaneProperties::check);
    }

    private static void check(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "spanlake.control.public-url has to be like https://spanlake.example.org, not " + url);
        }
    }

    /** Without a slash at its end, for clients append paths. */
    Optional<String> apiUrl() {
        return publicUrl.map(URI::toString).map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }
}
