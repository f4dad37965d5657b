package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import io.spanlake.service.auth.ApiKeySha256;
import java.time.Duration;

/** Registers the first organization: a step before requests, so that whoever comes first is known. */
final class FirstRegistration implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Directory directory;
    private final FirstOrganization first;

    FirstRegistration(Directory directory, FirstOrganization first) {
        this.directory = directory;
        this.first = first;
    }

    /** Blocks. */
    @Override
    public void run() {
        first.apiKey().ifPresent(this::register);
    }

    private void register(String key) {
        directory
                .registerOrganization(first.org())
                .flatMap(organization -> directory
                        .registerProject(organization, first.project())
                        .then(directory.introduceKey(organization, "first start", ApiKeySha256.of(key))))
                .block(PATIENCE);
    }
}
