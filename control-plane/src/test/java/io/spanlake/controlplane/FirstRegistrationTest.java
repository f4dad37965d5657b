package io.spanlake.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanlake.service.auth.ApiKeySha256;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstRegistrationTest {
    private static final String KEY = "sk-of-the-first";

    @Test
    void whoeverSetsTheControlPlaneUpLogsInWithTheKeyOfTheSettings() {
        try (var plane = new RunningControlPlane(
                "spanlake.init.org=first", "spanlake.init.project=demo", "spanlake.init.api-key=" + KEY)) {
            var answer = plane.send(KEY, "POST", "/api/apikey/login", "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().get("org_info").get(0).get("name").stringValue())
                    .isEqualTo("first");
            assertThat(plane.send(KEY, "GET", "/api/project?project_name=demo", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anotherStartGivesARevokedKeyNothingBack() {
        try (var plane = new RunningControlPlane()) {
            var first = new FirstOrganization("first", "demo", Optional.of(KEY));
            new FirstRegistration(plane.directory, first).run();
            plane.directory.revokeKey(ApiKeySha256.of(KEY)).block();

            new FirstRegistration(plane.directory, first).run();

            assertThat(plane.send(KEY, "POST", "/api/apikey/login", "").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutAKeyNothingIsMade() {
        assertThat(new FirstOrganization("first", "demo", Optional.of(" ")).apiKey())
                .isEmpty();
    }
}
