package io.spanlake.simulation.catalog;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** How a process reaches the catalog: each statement takes effect at one moment, and its answer may get lost. */
@FunctionalInterface
public interface Calls {
    <T> Mono<T> call(String statement, Supplier<T> effect);

    default Mono<Void> tell(String statement, Runnable effect) {
        return call(statement, () -> {
                    effect.run();
                    return Boolean.TRUE;
                })
                .then();
    }
}
