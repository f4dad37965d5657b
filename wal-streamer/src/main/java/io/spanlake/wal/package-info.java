/**
 * Takes writes from Kafka and makes them durable and visible: {@code receive → collect → store → commit → announce}.
 *
 * <p>May import: model, blobstore, catalog, storage, service. Never another service. Only {@link WalConfiguration} and
 * the settings know Spring.
 */
@NullMarked
package io.spanlake.wal;

import org.jspecify.annotations.NullMarked;
