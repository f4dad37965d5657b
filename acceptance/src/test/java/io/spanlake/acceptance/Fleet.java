package io.spanlake.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every service in a process of its own, as a chart runs them: its environment, a database role with no more rights than it
 * needs, blobs in Azure's emulator. Paths go to services by the chart's table.
 */
final class Fleet implements AutoCloseable {
    static final String KEY = "sk-fleet-0123456789abcdef";

    private final Path folder;
    private final Map<String, String> settings;
    private final FleetParts parts;
    private final Map<ServiceKind, ServiceProcess> services = new EnumMap<>(ServiceKind.class);
    private final List<ServiceProcess> others = new ArrayList<>();
    private final Set<ServiceKind> down = ConcurrentHashMap.newKeySet();

    /**
     * @param folder   of its own
     * @param settings of every service, as environment variables
     * @param brokers  one, for which the services make an exception, or three
     * @param seed     of what goes wrong on the way to blobs
     */
    Fleet(Path folder, Map<String, String> settings, int brokers, long seed) {
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        parts = new FleetParts(folder, brokers, seed);
        try {
            // It migrates; what a start of a service on an older catalog says is the business of other tests.
            start(ServiceKind.CONTROL_PLANE).awaitReady();
            parts.makeRoles();
            EnumSet.complementOf(EnumSet.of(ServiceKind.CONTROL_PLANE)).forEach(this::start);
            services.values().forEach(ServiceProcess::awaitReady);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private ServiceProcess start(ServiceKind kind) {
        var service = started(kind, kind.module(), Map.of());
        services.put(kind, service);
        return service;
    }

    /**
     * One more of its kind, to which no path leads. Returns at once.
     *
     * @param further what its environment has beside that of the first
     */
    ServiceProcess another(ServiceKind kind, String name, Map<String, String> further) {
        var service = started(kind, name, further);
        others.add(service);
        return service;
    }

    private ServiceProcess started(ServiceKind kind, String name, Map<String, String> further) {
        var environment = new HashMap<>(settings);
        environment.putAll(further);
        environment.putAll(parts.environmentOf(kind));
        int port = Ports.free();
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SPANLAKE_INIT_ORG", Standalone.ORGANIZATION);
        environment.put("SPANLAKE_INIT_PROJECT", Standalone.PROJECT);
        environment.put("SPANLAKE_INIT_API_KEY", KEY);
        environment.put("SPANLAKE_COMPACTOR_SCRATCH", folder.resolve("scratch").toString());
        environment.put("SPANLAKE_UI_CACHE_FOLDER", folder.resolve("cache").toString());
        environment.put(
                "SPANLAKE_QUERY_CACHE_FOLDER", folder.resolve("query-cache").toString());
        return ServiceProcess.start(kind, port, environment, folder.resolve(name + ".log"));
    }

    FleetParts parts() {
        return parts;
    }

    Client client() {
        return new Client(this::urlOf, KEY);
    }

    /** Where a chart leads the path. */
    URI urlOf(String path) {
        return service(ServiceKind.serving(path)).url();
    }

    ServiceProcess service(ServiceKind kind) {
        return Objects.requireNonNull(services.get(kind));
    }

    /**
     * Ends the process, and starts it again some time later. Blocks until it is ready.
     *
     * @param inOrder as a cluster ends a pod; else as {@code kill -9} does
     */
    void replace(ServiceKind kind, boolean inOrder, int pauseMillis) {
        without(Set.of(kind), () -> {
            if (inOrder) {
                service(kind).stop();
            } else {
                service(kind).kill();
            }
            Pauses.millis(pauseMillis);
            service(kind).startAgain();
            service(kind).awaitReady();
        });
    }

    /** Does something in which nobody may expect that these answer. */
    void without(Set<ServiceKind> kinds, Runnable work) {
        down.addAll(kinds);
        work.run();
        down.removeAll(kinds);
    }

    boolean isDown(ServiceKind kind) {
        return down.contains(kind);
    }

    List<ServiceKind> dead() {
        return services.entrySet().stream()
                .filter(service -> !service.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    LogLines logs() {
        var files = services.values().stream().map(ServiceProcess::log).toList();
        return new LogLines(files, parts.secrets());
    }

    @Override
    public void close() {
        others.forEach(ServiceProcess::close);
        services.values().forEach(ServiceProcess::close);
        parts.close();
    }
}
