/**
 * The outside world of a service, wired from settings: catalog, blob store, Kafka, Redis. A service imports what it
 * needs; importing a configuration twice is harmless. Secrets stand in settings and in nothing that prints.
 */
@NullMarked
package io.spanlake.service.config;

import org.jspecify.annotations.NullMarked;
