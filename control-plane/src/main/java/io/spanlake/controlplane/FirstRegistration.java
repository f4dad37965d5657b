package io.spanlake.controlplane;

import io.spanlake.catalog.Directory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Registers the first organization before the port opens: whoever comes first is known. */
final class FirstRegistration implements SmartLifecycle {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Directory directory;
    private final FirstOrganization first;
    private volatile boolean done;

    FirstRegistration(Directory directory, FirstOrganization first) {
        this.directory = directory;
        this.first = first;
    }

    @Override
    public void start() {
        first.apiKey().ifPresent(this::register);
        done = true;
    }

    private void register(String key) {
        directory
                .registerOrganization(first.org())
                .flatMap(organization -> directory
                        .registerProject(organization, first.project())
                        .then(directory.introduceKey(organization, "first start", sha256(key))))
                .block(PATIENCE);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
