package io.spanlake.standalone.serve;

import io.spanlake.catalog.Directory;
import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import io.spanlake.standalone.embed.Parts;
import io.spanlake.standalone.embed.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One running instance. The way up: take the data folder; start the parts, and over them the services, each as soon as
 * what it needs is up; register the first key; open the port. The way down is the same way back.
 */
public final class Standalone implements AutoCloseable {
    private final DataFolder data;
    private final FileLock lock;
    private final Parts parts;
    private final ConfigurableApplicationContext services;

    private Standalone(DataFolder data, FileLock lock, Parts parts, ConfigurableApplicationContext services) {
        this.data = data;
        this.lock = lock;
        this.parts = parts;
        this.services = services;
    }

    /**
     * Blocks until it takes requests.
     *
     * @param environment of the process: {@code SPANLAKE_INIT_*}
     * @throws StartFailure with the reason for a person
     */
    public static Standalone start(DataFolder data, int port, Map<String, String> environment) {
        var lock = data.take();
        try {
            requireFree(port);
            InstanceFile.delete(data);
            data.emptyScratch();
            var random = new SecureRandom();
            var credentials = Credentials.of(data, environment, random);
            return start(data, lock, Launch.forServices(data, port, random), port, credentials);
        } catch (RuntimeException e) {
            release(lock, data);
            throw e;
        }
    }

    private static Standalone start(DataFolder data, FileLock lock, Launch launch, int port, Credentials credentials) {
        try {
            var services = launch.run(
                    StandaloneConfiguration.class,
                    context -> FirstStart.register(data, credentials, context.getBean(Directory.class)));
            instance(launch.parts(), port).write(data);
            return new Standalone(data, lock, launch.parts(), services);
        } catch (RuntimeException e) {
            launch.close();
            throw StartReason.of(e, data);
        }
    }

    private static InstanceFile instance(Parts parts, int port) {
        return new InstanceFile(
                ProcessHandle.current().pid(),
                URI.create("http://%s:%d".formatted(Ports.LOCALHOST, port)),
                parts.kafka().port(),
                parts.postgres().port(),
                parts.redis().port());
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(Ports.LOCALHOST, port)) {
            throw new StartFailure(
                    "port %d is taken by another program.%nChoose another one: ./spanlake start --port %d"
                            .formatted(port, port + 1));
        }
    }

    /** Blocks: services first, so that what was taken is acknowledged or refused; then the parts. */
    @Override
    public void close() {
        services.close();
        parts.close();
        InstanceFile.delete(data);
        release(lock, data);
    }

    static void release(FileLock lock, DataFolder data) {
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new StartFailure("the lock of %s cannot be released: %s".formatted(data.root(), e), e);
        }
    }
}
