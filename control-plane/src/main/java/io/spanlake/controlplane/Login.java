package io.spanlake.controlplane;

import io.spanlake.controlplane.Answers.GitMetadata;
import io.spanlake.controlplane.Answers.LoggedIn;
import io.spanlake.controlplane.Answers.OrganizationAnswer;
import io.spanlake.service.auth.Caller;
import java.net.URI;
import java.util.List;

/** Tells a client whose key it has, and where to send its data. */
final class Login {
    private final ControlPlaneProperties properties;

    Login(ControlPlaneProperties properties) {
        this.properties = properties;
    }

    /** @param asked address of the log-in itself: the data plane is at the same origin unless a setting says otherwise */
    LoggedIn answer(Caller caller, URI asked) {
        String apiUrl = properties.apiUrl().orElseGet(() -> asked.getScheme() + "://" + asked.getRawAuthority());
        return new LoggedIn(List.of(new OrganizationAnswer(
                caller.organization().toString(), caller.organizationName(), apiUrl, apiUrl, true, GitMetadata.NONE)));
    }
}
