package io.spanlake.standalone.serve;

import io.spanlake.catalog.Directory;
import io.spanlake.standalone.StartFailure;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.InstanceFile;
import io.spanlake.standalone.data.Secrets;
import io.spanlake.standalone.embed.Parts;
import io.spanlake.standalone.embed.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileLock;
import java.security.SecureRandom;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * One running instance. The way up: take the data folder, start the parts side by side, start the services over them,
 * register the first key, say that it is ready. The way down is the same way back.
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
        requireFree(port);
        var random = new SecureRandom();
        var secrets = Secrets.of(data, random);
        var url = URI.create("http://%s:%d".formatted(Ports.LOCALHOST, port));
        InstanceFile.delete(data);
        var parts = Parts.start(data, secrets);
        try {
            var instance = new InstanceFile(
                    ProcessHandle.current().pid(),
                    url,
                    false,
                    parts.kafka().port(),
                    parts.postgres().port(),
                    parts.redis().port());
            instance.write(data);
            var services = services(data, secrets, parts, port);
            FirstStart.register(data, Credentials.of(data, environment, random), services.getBean(Directory.class));
            instance.nowReady().write(data);
            return new Standalone(data, lock, parts, services);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static void requireFree(int port) {
        if (!Ports.isFree(Ports.LOCALHOST, port)) {
            throw new StartFailure(
                    "port %d is taken by another program.%nChoose another one: ./spanlake start --port %d"
                            .formatted(port, port + 1));
        }
    }

    private static ConfigurableApplicationContext services(DataFolder data, Secrets secrets, Parts parts, int port) {
        var application = new SpringApplication(StandaloneConfiguration.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(StandaloneSettings.defaults(data));
        var bound = new MapPropertySource("standalone-parts", StandaloneSettings.bound(data, secrets, parts, port));
        application.addInitializers(
                context -> context.getEnvironment().getPropertySources().addFirst(bound));
        return application.run();
    }

    /** Blocks: services first, so that what was taken is acknowledged or refused; then the parts. */
    @Override
    public void close() {
        services.close();
        parts.close();
        InstanceFile.delete(data);
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new StartFailure("the lock of %s cannot be released: %s".formatted(data.root(), e), e);
        }
    }
}
