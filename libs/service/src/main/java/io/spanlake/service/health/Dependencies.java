package io.spanlake.service.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the process reaches. However often it is asked, each dependency is asked at most once a second: the answer is
 * open to anyone who can connect.
 */
final class Dependencies {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Mono<Map<String, String>> faults;

    Dependencies(List<Dependency> dependencies) {
        this.faults = Flux.fromIterable(dependencies)
                .flatMap(Dependencies::fault)
                .collect(TreeMap<String, String>::new, (all, one) -> all.put(one.getKey(), one.getValue()))
                .map(Map::copyOf)
                .cache(REMEMBERED);
    }

    /** Dependency → what is wrong, empty text where nothing is. Never an error. */
    Mono<Map<String, String>> faults() {
        return faults;
    }

    private static Mono<Map.Entry<String, String>> fault(Dependency dependency) {
        return dependency
                .reach()
                .timeout(ANSWER_WITHIN)
                .thenReturn("")
                // The class alone: messages of clients name hosts and users.
                .onErrorResume(error -> Mono.just(
                        error instanceof TimeoutException
                                ? "no answer within " + ANSWER_WITHIN.toSeconds() + " s"
                                : error.getClass().getSimpleName()))
                .map(fault -> Map.entry(dependency.name(), fault));
    }
}
