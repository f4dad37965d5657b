package io.spanlake.standalone.serve;

import io.spanlake.service.http.BeforeRequests;
import io.spanlake.standalone.data.Credentials;
import io.spanlake.standalone.data.DataFolder;
import io.spanlake.standalone.data.Secrets;
import io.spanlake.standalone.embed.Parts;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** One attempt to bring parts, and something over them, up. The caller holds the folder's lock. */
final class Launch implements AutoCloseable {
    private final DataFolder data;
    private final Secrets secrets;
    private final int port;
    private final String start;
    private final WebApplicationType type;
    private Optional<Parts> parts = Optional.empty();

    private Launch(DataFolder data, Secrets secrets, int port, String start, WebApplicationType type) {
        this.data = data;
        this.secrets = secrets;
        this.port = port;
        this.start = start;
        this.type = type;
    }

    static Launch forServices(DataFolder data, int port, SecureRandom random) {
        var start = new UUID(random.nextLong(), random.nextLong()).toString();
        return new Launch(data, Secrets.of(data, random), port, start, WebApplicationType.REACTIVE);
    }

    static Launch forRebuild(DataFolder data, Map<String, String> environment) {
        var random = new SecureRandom();
        Credentials.of(data, environment, random);
        return new Launch(data, Secrets.of(data, random), 0, "rebuild", WebApplicationType.NONE);
    }

    /** Blocks. */
    ConfigurableApplicationContext run(Class<?> configuration) {
        return run(configuration, _ -> {});
    }

    /**
     * Blocks.
     *
     * @param beforeRequests done over what was started, before the port opens
     */
    ConfigurableApplicationContext run(Class<?> configuration, Consumer<ApplicationContext> beforeRequests) {
        var application = new SpringApplication(configuration);
        application.setWebApplicationType(type);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(StandaloneSettings.defaults(data));
        // Here and not earlier: from now on there is a log to write to.
        application.addInitializers(context -> {
            var starting = Parts.start(data, secrets);
            parts = Optional.of(starting);
            var settings = new PartSettings(StandaloneSettings.bound(data, secrets, starting, port, start));
            context.getEnvironment().getPropertySources().addFirst(settings);
            context.getBeanFactory()
                    .registerSingleton("beforeRequests", new BeforeRequests(() -> beforeRequests.accept(context)));
        });
        return application.run();
    }

    Parts parts() {
        return parts.orElseThrow();
    }

    /** Ends the parts, as far as they were started. */
    @Override
    public void close() {
        parts.ifPresent(Parts::close);
    }
}
