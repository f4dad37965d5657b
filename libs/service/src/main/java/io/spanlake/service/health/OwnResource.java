package io.spanlake.service.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something of the process's own that it cannot work without: a cache disk that takes writes, a producer that is not
 * fenced. A service publishes each as a bean.
 *
 * @param fault what is wrong with it now; empty where nothing is. Does no I/O
 */
public record OwnResource(String name, Supplier<Optional<String>> fault) {}
