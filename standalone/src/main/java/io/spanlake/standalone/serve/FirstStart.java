package io.spanlake.standalone.serve;

import io.spanlake.catalog.Directory;
import io.spanlake.service.auth.ApiKeySha256;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import java.time.Duration;

/** Makes the organization, project and key without which nobody could log in. */
final class FirstStart {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FirstStart() {}

    /** Blocks. Does nothing once it is done: a key that was revoked since stays revoked. */
    static void register(DataFolder data, Credentials credentials, Directory directory) {
        if (!credentials.registered()) {
            registerAnew(data, credentials, directory);
        }
    }

    /** Blocks. For a directory that has lost the organization: what was revoked is valid again. */
    static void registerAnew(DataFolder data, Credentials credentials, Directory directory) {
        directory
                .registerOrganization(credentials.organization())
                .flatMap(organization -> directory
                        .registerProject(organization, credentials.project())
                        .then(directory.registerKey(
                                organization, "first start", ApiKeySha256.of(credentials.apiKey()))))
                .block(PATIENCE);
        credentials.writeRegistered(data);
    }
}
