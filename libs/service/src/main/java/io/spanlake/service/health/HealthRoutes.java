package io.spanlake.service.health;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The three questions over HTTP: 200 where all is well, else 503; the body says what is not. */
final class HealthRoutes {
    private final Heartbeats heartbeats;
    private final Readiness readiness;
    private final Dependencies dependencies;

    HealthRoutes(Heartbeats heartbeats, Readiness readiness, Dependencies dependencies) {
        this.heartbeats = heartbeats;
        this.readiness = readiness;
        this.dependencies = dependencies;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/livez", request -> live())
                .GET("/readyz", request -> ready())
                .GET("/startupz", request -> ready())
                .GET("/depz", request -> reaches())
                .build();
    }

    private Mono<ServerResponse> live() {
        var stuck = new TreeMap<String, String>();
        heartbeats.stuck().forEach((loop, still) -> stuck.put(loop, "has not moved for " + still.toSeconds() + " s"));
        return answer("live", stuck);
    }

    private Mono<ServerResponse> ready() {
        return readiness.reasons().flatMap(reasons -> answer("ready", reasons));
    }

    private Mono<ServerResponse> reaches() {
        return dependencies.faults().flatMap(HealthRoutes::answerPerDependency);
    }

    private static Mono<ServerResponse> answerPerDependency(Map<String, String> faults) {
        var states = new TreeMap<String, String>();
        faults.forEach((name, fault) -> states.put(name, fault.isEmpty() ? "ok" : fault));
        boolean allWell = faults.values().stream().allMatch(String::isEmpty);
        return ServerResponse.status(allWell ? 200 : 503).bodyValue(Map.of("dependencies", states));
    }

    private static Mono<ServerResponse> answer(String what, Map<String, String> reasons) {
        return ServerResponse.status(reasons.isEmpty() ? 200 : 503)
                .bodyValue(Map.of(what, reasons.isEmpty(), "reasons", reasons));
    }
}
