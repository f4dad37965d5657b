package io.spanlake.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.model.OrganizationId;
import io.spanlake.service.auth.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoginTest {
    private final Caller caller = new Caller(new OrganizationId(new UUID(1, 1)), "acme", new UUID(2, 2));

    @Test
    void theOriginThatWasAskedIsTheDataPlane() {
        assertThat(apiUrl(Optional.empty(), "http://lake.local:8400/api/apikey/login?x=1"))
                .isEqualTo("http://lake.local:8400");
        assertThat(apiUrl(Optional.empty(), "https://[::1]/api/apikey/login")).isEqualTo("https://[::1]");
    }

    @Test
    void theSettingBeatsIt() {
        var setting = Optional.of(URI.create("https://data.example.org/lake/"));

        assertThat(apiUrl(setting, "http://10.0.0.7:8080/api/apikey/login")).isEqualTo("https://data.example.org/lake");
    }

    private String apiUrl(Optional<URI> setting, String asked) {
        var answer = new Login(new ControlPlaneProperties(setting, Duration.ofSeconds(10)))
                .answer(caller, URI.create(asked));
        return answer.organizations().getFirst().apiUrl();
    }
}
