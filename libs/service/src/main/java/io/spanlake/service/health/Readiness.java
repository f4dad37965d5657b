package io.spanlake.service.health;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Whether the process should get traffic. Latched: a dependency that was reached once counts as reached, for when it
 * goes away our own 429 or 503 with {@code Retry-After} says more than a proxy that finds nobody.
 */
final class Readiness {
    private final Dependencies dependencies;
    private final List<OwnResource> resources;
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private volatile boolean allReached;
    private volatile boolean draining;

    Readiness(Dependencies dependencies, List<OwnResource> resources) {
        this.dependencies = dependencies;
        this.resources = List.copyOf(resources);
    }

    /** From here on no new traffic is wanted. */
    void drain() {
        draining = true;
    }

    /** Why it is not ready, by name; empty where it is. */
    Mono<Map<String, String>> reasons() {
        if (draining) {
            return Mono.just(Map.of("draining", "the process is about to end"));
        }
        return allReached
                ? Mono.fromSupplier(() -> withResources(Map.of()))
                : dependencies.faults().map(this::latch);
    }

    private Map<String, String> latch(Map<String, String> faults) {
        var missing = new TreeMap<String, String>();
        faults.forEach((name, fault) -> {
            if (fault.isEmpty()) {
                reached.add(name);
            } else if (!reached.contains(name)) {
                missing.put(name, fault);
            }
        });
        allReached = missing.isEmpty();
        return withResources(missing);
    }

    private Map<String, String> withResources(Map<String, String> missing) {
        var reasons = new TreeMap<>(missing);
        for (var resource : resources) {
            resource.fault().get().ifPresent(fault -> reasons.put(resource.name(), fault));
        }
        return reasons;
    }
}
