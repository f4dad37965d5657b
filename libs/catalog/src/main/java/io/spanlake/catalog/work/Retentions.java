package io.spanlake.catalog.work;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** How long a project keeps its rows, counted from their arrival. */
public interface Retentions {
    /** @param keep absent where it keeps them for ever */
    Mono<Void> set(UUID project, Optional<Duration> keep);

    /** Empty where the project keeps its rows for ever. */
    Mono<Optional<Duration>> of(UUID project);

    /** Of all projects that have one. */
    Mono<Map<UUID, Duration>> all();
}
