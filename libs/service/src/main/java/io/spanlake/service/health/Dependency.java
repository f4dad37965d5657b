package io.spanlake.service.health;

import reactor.core.publisher.Mono;

/**
 * Something outside the process that it needs. A service publishes each as a bean.
 *
 * @param name  one word for people: {@code postgres}, {@code kafka}
 * @param reach completes where it answers, an error where not; asked off the event loop's way, never more than once a
 *              second
 */
public record Dependency(String name, Mono<Void> reach) {}
